import {dirname, join, resolve} from "node:path";
import {fileURLToPath} from "node:url";
import {declared, type Declared} from "./names.js";
import type {Snippet} from "./snippets.js";

/** A snippet as a module that the type checker sees beside the page; it exists in memory only. */
export interface VirtualFile {
  path: string;
  snippet: Snippet;
  text: string;
  /** Where the snippet's source begins in `text`. */
  start: number;
}

const here = dirname(fileURLToPath(import.meta.url));
const posix = (path: string) => path.replaceAll("\\", "/");
const builtins = posix(join(here, "builtins.js"));
const own = [
  ...["display", "view", "Mutable", "visibility", "invalidation", "width", "now", "dark", "resize", "Generators"],
  ...["FileAttachment", "html", "svg", "tex", "Inputs"]
];
const namespaces: Record<string, string> = {Plot: "@observablehq/plot", d3: "d3", aq: "arquero"};

/** What every cell has without an import. */
export const pageNames = [...own, ...Object.keys(namespaces)];

/** The modules of one page's snippets: each imports or declares what it mentions of Framework's and of other cells'. */
export function virtualFiles(snippets: Snippet[]): VirtualFile[] {
  const names = snippets.map(declared);
  const moduleOf = (i: number) => `./${snippets[i].page.name.split("/").at(-1)}.cell${i}`;
  return snippets.map((snippet, i) => {
    const mentions = mentioned(snippet.source);
    const taken = new Set(names[i].map(({name}) => name));
    const head: string[] = [`import type {Cell as _Cell} from "${builtins}";`];
    for (let k = 0; k < snippets.length; ++k) {
      for (const other of k === i ? [] : names[k]) {
        if (!mentions.has(other.name) || taken.has(other.name)) continue;
        taken.add(other.name);
        head.push(reference(other, `${moduleOf(k)}.js`));
      }
    }
    for (const name of own)
      if (mentions.has(name) && !taken.has(name)) head.push(`import {${name}} from "${builtins}";`);
    for (const [name, from] of Object.entries(namespaces))
      if (mentions.has(name) && !taken.has(name)) head.push(`import * as ${name} from "${from}";`);
    return moduleFor(snippet, names[i], head.join(" "), moduleOf(i));
  });
}

function moduleFor(snippet: Snippet, names: Declared[], head: string, name: string): VirtualFile {
  const path = posix(resolve(dirname(snippet.page.file), `${name}.ts`));
  const before = snippet.inline ? `${head} void (\n` : `${head}\n`;
  const after = snippet.inline ? "\n); export {};\n" : `\n;${exported(names)}\n`;
  return {path, snippet, text: before + snippet.source + after, start: before.length};
}

/** How a cell's file gets a name of another cell. */
function reference({name, kind, text}: Declared, from: string): string {
  if (kind === "import") return text!;
  if (kind === "type") return `import type {${name}} from "${from}";`;
  if (kind === "function" || kind === "class") return `import {${name}} from "${from}";`;
  return `declare const ${name}: _Cell<typeof import("${from}").${name}>;`;
}

function exported(names: Declared[]): string {
  const list = (type: boolean) => [
    ...new Set(names.filter(({kind}) => kind !== "import" && (kind === "type") === type).map(({name}) => name))
  ];
  return `export {${list(false).join(", ")}}; export type {${list(true).join(", ")}};`;
}

/** Every word of a source that may be a name. */
export const mentioned = (source: string): Set<string> => new Set(source.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []);
