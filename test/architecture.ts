import path from "node:path";
import ts from "typescript";

/** A source file, by its path from the project's folder. */
export interface Source {
  path: string;
  text: string;
}

interface Import {
  /** As written. */
  name: string;
  /** The project's file it means, when it is one. */
  file: string | null;
  kind: "value" | "type" | "dynamic";
}

/** What each folder of src/components may import from, beside itself. Rank 3 receives models and names none. */
const below: Record<string, string[]> = {
  math: [],
  tensor: [],
  ops: ["math", "tensor"],
  data: ["math"],
  layers: ["math", "tensor", "ops"],
  losses: ["math", "tensor", "ops"],
  optimizers: ["math", "tensor", "ops"],
  models: ["math", "tensor", "ops", "layers"],
  plots: ["math", "ui"],
  ui: ["math", "data", "plots", "train"]
};
const methods = ["ssl", "fewshot", "diffusion", "explain", "evaluate", "train"];
for (const method of methods)
  below[method] = ["math", "tensor", "ops", "data", "layers", "losses", "optimizers", ...methods];

const bare = "@tensorflow/tfjs";
const layers = "@tensorflow/tfjs-layers";
const isTfjs = (name: string) => name.startsWith("@tensorflow/");
const folderOf = (file: string) => /^src\/components\/([^/]+)\//.exec(file)?.[1];

/** Files of the main thread: they and all that they import, other than dynamically, must not bring tfjs along. */
const ofMainThread = ({path: file}: Source) =>
  /\/(plots|ui|data|math)\//.test(file) || /\/train\/compute\.ts$/.test(file) || file.endsWith(".md");

const known = new WeakMap<Source, Import[]>();

export function importsOf(source: Source): Import[] {
  const found: Import[] = known.get(source) ?? [];
  if (known.has(source)) return found;
  known.set(source, found);
  const add = (specifier: ts.Node | undefined, kind: Import["kind"]) => {
    if (!specifier || !ts.isStringLiteral(specifier)) return;
    const name = specifier.text;
    const file = name.startsWith(".") ? path.posix.join(path.posix.dirname(source.path), name) : null;
    found.push({name, file: file?.replace(/\.js$/, ".ts") ?? null, kind});
  };
  walk(source, (node) => {
    // Under verbatimModuleSyntax `import {type A} from "a"` still loads a: only `import type` is free.
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.isTypeOnly ? "type" : "value");
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly ? "type" : "value");
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], "dynamic");
  });
  return found;
}

const trees = new WeakMap<Source, ts.SourceFile>();

function treeOf(source: Source): ts.SourceFile {
  const known = trees.get(source);
  if (known) return known;
  const code = source.path.endsWith(".md") ? cells(source.text) : source.text;
  const tree = ts.createSourceFile(source.path.replace(/\.md$/, ".ts"), code, ts.ScriptTarget.Latest, true);
  trees.set(source, tree);
  return tree;
}

function walk(source: Source, visit: (node: ts.Node) => void): void {
  const step = (node: ts.Node) => {
    visit(node);
    ts.forEachChild(node, step);
  };
  step(treeOf(source));
}

/** `object.name` where the object is a plain name, as in `tf.variable`; else nothing. */
const member = (node: ts.Node): string =>
  ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)
    ? `${node.expression.text}.${node.name.text}`
    : "";

/** The code of a page's cells. */
const cells = (text: string) =>
  [...text.matchAll(/^```(?:ts|js)\b[^\n]*\n(.*?)^```/gms)].map(([, code]) => code).join("\n");

type Rule = (source: Source, imports: Import[]) => string[];

const rules: Rule[] = [
  function direction({path: file}, imports) {
    const folder = folderOf(file);
    if (!folder) return [];
    if (!(folder in below)) return [`is in components/${folder}, which has no place in the order of imports`];
    return imports.flatMap(({name, file: target}) => {
      if (!target) return [];
      const to = folderOf(target);
      if (!to) return [`imports ${name}, outside components/`];
      const contract = methods.includes(folder) && target === "src/components/models/model.ts";
      return to === folder || contract || below[folder].includes(to)
        ? []
        : [`imports ${name}: ${folder} is not above ${to}`];
    });
  },
  function oneTfjs({path: file}, imports) {
    const folder = folderOf(file) ?? "";
    const free = ["plots", "data", "math"].includes(folder);
    return imports.flatMap(({name, kind}) => {
      if (!isTfjs(name))
        return name.replace("npm:", "").startsWith("@tensorflow/") ? [`imports ${name}, not ${bare}`] : [];
      if (free) return [`imports ${name}: ${folder}/ knows no tfjs`];
      const backend = folder === "ops" && kind !== "value";
      const rival = name === layers && file.startsWith("src/benchmark/") && kind !== "value"; // when it is to be measured
      return name === bare || backend || rival || !file.startsWith("src/") ? [] : [`imports ${name}, not ${bare}`];
    });
  },
  function noNode({path: file}, imports) {
    if (!file.startsWith("src/")) return [];
    return imports.filter(({name}) => /^(node:|fs$|path$|os$|url$)/.test(name)).map(({name}) => `imports ${name}`);
  },
  function endings(_, imports) {
    const wrong = imports.filter(({name}) => name.startsWith(".") && !/\.(js|json)$/.test(name));
    return wrong.map(({name}) => `imports ${name}, which does not end in .js`);
  },
  function page(source) {
    if (!source.path.startsWith("src/") || source.path.endsWith(".md")) return [];
    return /\/(plots|ui)\//.test(source.path) ? [] : globals(source, ["document"]);
  },
  function chance(source) {
    if (!source.path.startsWith("src/") || !/\b(Math|tf)\b/.test(source.text)) return [];
    const found: string[] = [];
    walk(source, (node) => {
      const text = member(node);
      if (/^Math\.random$|^tf\.(random\w*|multinomial|dropout|truncatedNormal)$/.test(text))
        found.push(`draws from ${text}, not from an Rng`);
    });
    return found;
  },
  function plainFunctions(source) {
    if (!["ops", "layers", "losses", "optimizers", "models"].includes(folderOf(source.path) ?? "")) return [];
    const found: string[] = [];
    walk(source, (node) => {
      if (ts.isClassDeclaration(node)) found.push(`declares the class ${node.name?.text}`);
      if (/^tf\.(variable|layers)$/.test(member(node))) found.push(`uses ${member(node)}`);
    });
    return found;
  },
  function docstrings(source) {
    return folderOf(source.path) ? undocumented(source).map((name) => `exports ${name} without a docstring`) : [];
  },
  function size({path: file, text}) {
    const lines = text.trimEnd().split("\n").length;
    return /^(src|tools|headless)\/.*\.ts$/.test(file) && lines > 220 ? [`has ${lines} lines, more than 220`] : [];
  },
  function name({path: file}) {
    return /(^|\/)(utils?|helpers?|manager|misc)\.ts$/i.test(file) ? ["is named after nothing it does"] : [];
  }
];

/** The functions that a file exports, declared or assigned, with no docstring before them; overloads share the first one's. */
function undocumented(source: Source): string[] {
  const documented = new Set(
    treeOf(source).statements.flatMap((statement) =>
      ts.isFunctionDeclaration(statement) && statement.name && ts.getJSDocCommentsAndTags(statement).length
        ? [statement.name.text]
        : []
    )
  );
  return treeOf(source).statements.flatMap((statement) => {
    const exported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({kind}) => kind === ts.SyntaxKind.ExportKeyword);
    if (!exported || ts.getJSDocCommentsAndTags(statement).length) return [];
    if (ts.isFunctionDeclaration(statement))
      return documented.has(statement.name?.text ?? "") ? [] : [statement.name?.text ?? "default"];
    if (!ts.isVariableStatement(statement)) return [];
    const assigned = statement.declarationList.declarations.filter(
      ({initializer}) => initializer && ts.isFunctionLike(initializer)
    );
    return assigned.map(({name}) => name.getText());
  });
}

/** Uses of a global by its bare name: not a property, a key, a type or a local of that name. */
function globals(source: Source, names: string[]): string[] {
  if (!names.some((name) => source.text.includes(name))) return [];
  const found: string[] = [];
  walk(source, (node) => {
    if (!ts.isIdentifier(node) || !names.includes(node.text)) return;
    const {parent} = node;
    const property =
      ts.isPropertyAccessExpression(parent) && parent.name === node && parent.expression.getText() !== "globalThis";
    if (!property && !ts.isPropertyAssignment(parent) && !ts.isPropertySignature(parent))
      found.push(`touches ${node.text}`);
  });
  return found;
}

/** Every breach of the house's rules, as `path: what`. */
export function violations(sources: Source[]): string[] {
  const imports = new Map(sources.map((source) => [source.path, importsOf(source)]));
  const single = sources.flatMap((source) =>
    rules.flatMap((rule) => rule(source, imports.get(source.path)!).map((what) => `${source.path}: ${what}`))
  );
  const heavy = sources.filter(ofMainThread).flatMap(({path: file}) => {
    const way = wayToTfjs(file, imports);
    return way ? [`${file}: loads tfjs in the main thread by ${way.join(" → ")}`] : [];
  });
  return [...single, ...heavy];
}

/** The static imports that lead from a file to tfjs, if they do. */
function wayToTfjs(start: string, imports: Map<string, Import[]>): string[] | null {
  const seen = new Set<string>([start]);
  const queue: string[][] = [[start]];
  for (let way = queue.shift(); way; way = queue.shift())
    for (const {name, file, kind} of imports.get(way[way.length - 1]) ?? []) {
      if (kind !== "value") continue;
      if (isTfjs(name)) return [...way.slice(1), name];
      if (!file || seen.has(file)) continue;
      seen.add(file);
      queue.push([...way, file]);
    }
  return null;
}
