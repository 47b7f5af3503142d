// The parts of Observable Framework's internals that tools/ calls. The package ships no types.

declare module "@observablehq/framework/dist/config.js" {
  import type MarkdownIt from "markdown-it";
  export interface SidebarPage {
    name: string;
    path: string;
    pager: string | null;
  }
  export interface SidebarSection {
    name: string;
    collapsible: boolean;
    open: boolean;
    path: string | null;
    pager: string | null;
    pages: SidebarPage[];
  }
  export interface Config {
    root: string;
    output: string;
    base: string;
    pages: (SidebarPage | SidebarSection)[];
    md: MarkdownIt;
    paths(): AsyncIterable<string>;
    loaders: {findPage(path: string): {path: string} | undefined};
  }
  export function readConfig(configPath?: string, root?: string): Promise<Config>;
  export function normalizeConfig(spec: Record<string, unknown>, root?: string): Config;
}

declare module "@observablehq/framework/dist/loader.js" {
  export class LoaderResolver {
    constructor(options: {root: string});
    watchFiles(path: string, names: Iterable<string>, changed: (name: string) => void): Promise<{close(): void}>;
  }
}

declare module "@observablehq/framework/dist/build.js" {
  import type {Config} from "@observablehq/framework/dist/config.js";
  interface Output {
    logger: Pick<Console, "log" | "warn" | "error">;
    output: {write(text: string): unknown};
  }
  export class FileBuildEffects {
    constructor(outputRoot: string, cacheDir: string, output?: Output);
  }
  export function build(options: {config: Config}, effects?: FileBuildEffects): Promise<void>;
}

declare module "@observablehq/framework/dist/preview.js" {
  import type {Server} from "node:http";
  export function preview(options: {
    hostname: string;
    port: number;
    open: boolean;
    verbose: boolean;
  }): Promise<{server: Server}>;
}

declare module "@observablehq/framework/dist/javascript/module.js" {
  /** What a module imports, as it stands; undefined if it is not there or does not parse. */
  export function getModuleInfo(root: string, path: string): {localStaticImports: Set<string>} | undefined;
}

declare module "@observablehq/framework/dist/javascript/parse.js" {
  import type {Node} from "acorn";
  export interface Import {
    name: string;
    type: "local" | "global";
    method: "static" | "dynamic" | "resolve";
  }
  export interface Cell {
    body: Node;
    declarations: {name: string; start: number}[] | null;
    references: {name: string; start: number}[];
    imports: Import[];
    files: {name: string; node: Node}[];
    expression: boolean;
  }
  /** Throws a SyntaxError with `pos` and `loc` of acorn. */
  export function parseJavaScript(input: string, options: {path: string; inline?: boolean}): Cell;
  export function parseProgram(input: string): Node;
}

declare module "observablehq:runtime" {
  /** Observable's runtime, as Framework's client has it. */
  export class Runtime {
    module(): {variable(): object};
  }
}

declare module "@observablehq/framework/dist/javascript/transpile.js" {
  import type {Cell} from "@observablehq/framework/dist/javascript/parse.js";
  /** A call of `define` with the cell. */
  export function transpileJavaScript(
    cell: Cell,
    options: {
      id: string;
      path: string;
      mode: "block" | "inline";
      resolveImport(specifier: string): string;
      resolveFile(name: string): string;
    }
  ): string;
}

declare module "@observablehq/framework/dist/markdown.js" {
  import type MarkdownIt from "markdown-it";
  export function createMarkdownIt(options: {markdownIt: (md: MarkdownIt) => MarkdownIt}): MarkdownIt;
}

declare module "@observablehq/framework/dist/info.js" {
  export function parseInfo(info: string): {tag: string; attributes: Record<string, string | undefined>};
}

declare module "@observablehq/framework/dist/placeholder.js" {
  /** Splits text into placeholders `${…}` (content without braces; pos is the end) and the rest. */
  export function parsePlaceholder(
    input: string,
    start?: number,
    end?: number
  ): Iterable<{type: "placeholder" | "content" | "html_block"; content: string; pos: number}>;
}

declare module "@observablehq/framework/dist/files.js" {
  /** Paths below `root` of all files, Framework's own cache left out. */
  export function visitFiles(root: string): Iterable<string>;
}
