import {existsSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, resolve} from "node:path";
import ts from "typescript";
import {npmPackages} from "../framework/packages.js";

/** A module specifier or attached file in a source, and what is wrong with it. */
export interface ImportProblem {
  specifier: string;
  start: number;
  message: string;
}

/**
 * What a page or component asks for and the site cannot give: anything outside, `npm:` packages that are not seeded,
 * files that are not there. `import "…"`, `import("…")`, `import.meta.resolve("…")` and `FileAttachment("…")`.
 */
export function importProblems(source: ts.SourceFile, file: string): ImportProblem[] {
  const problems: ImportProblem[] = [];
  const visit = (node: ts.Node) => {
    const literal = specifierOf(node);
    const message = literal && problemOf(literal.text, literal.kind, file);
    if (message) problems.push({specifier: literal.text, start: literal.node.getStart(source), message});
    ts.forEachChild(node, visit);
  };
  visit(source);
  return problems;
}

interface Specifier {
  text: string;
  node: ts.Node;
  kind: "import" | "resolve" | "file";
}

function specifierOf(node: ts.Node): Specifier | undefined {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
    const text = (node.moduleSpecifier as ts.StringLiteral).text;
    return {text, node: node.moduleSpecifier, kind: "import"};
  }
  if (!ts.isCallExpression(node)) return undefined;
  const [first] = node.arguments;
  if (!first || !ts.isStringLiteralLike(first)) return undefined;
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return {text: first.text, node: first, kind: "import"};
  const callee = node.expression.getText();
  if (callee === "import.meta.resolve") return {text: first.text, node: first, kind: "resolve"};
  return callee === "FileAttachment" ? {text: first.text, node: first, kind: "file"} : undefined;
}

function problemOf(specifier: string, kind: Specifier["kind"], file: string): string | undefined {
  if (specifier.startsWith("npm:")) {
    const name = specifier.slice("npm:".length);
    if (npmPackages.includes(name) || name === "@observablehq/inputs") return undefined;
    return `${specifier} is not among the packages that the site carries: ${npmPackages.join(", ")}`;
  }
  if (specifier.startsWith("observablehq:")) return undefined;
  if (/^(\w+:|\/\/)/.test(specifier)) return `${specifier} lies outside the site`;
  if (kind === "import") return undefined; // the type checker resolves local and bare imports
  if (/^\.{0,2}\//.test(specifier) || kind === "file") {
    const path = resolve(dirname(file), specifier);
    const found = [path, path.replace(/\.js$/, ".ts")].some((candidate) => existsSync(candidate));
    return found ? undefined : `cannot find ${specifier}`;
  }
  try {
    createRequire(resolve(file)).resolve(specifier);
    return undefined;
  } catch {
    return `cannot find ${specifier} in node_modules`;
  }
}
