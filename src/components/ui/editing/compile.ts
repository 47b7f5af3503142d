import {parseJavaScript} from "@observablehq/framework/dist/javascript/parse.js";
import {transpileJavaScript} from "@observablehq/framework/dist/javascript/transpile.js";
import {transform} from "sucrase";
import {EditError} from "../editorStore.js";

export {Parser, tokTypes} from "acorn";

/** A cell as Observable's runtime takes it. */
export interface CompiledCell {
  id: string;
  mode?: "inline" | "jsx";
  inputs?: string[];
  outputs?: string[];
  body: (...inputs: unknown[]) => unknown;
}

/** What a cell's source is, and where it stands. */
export interface CellSource {
  id: string;
  source: string;
  language: "ts" | "js";
  inline?: boolean;
  /** The page: `/week2/resnet-from-scratch`. */
  path: string;
  /** The address of what an import names. @throws Error, a sentence, if the site has no such module. */
  resolve(specifier: string): string;
}

/**
 * Compiles a cell as the build does: by Framework's own parser, which finds what the cell reads and defines, after the
 * types are taken out. Nothing runs.
 *
 * @throws EditError (422) with the offset of the fault in the source.
 */
export function compileCell({id, source, language, inline, path, resolve}: CellSource): CompiledCell {
  const javascript = language === "ts" ? typeless(source) : source;
  try {
    const node = parseJavaScript(javascript, {path, inline});
    const mode = inline ? "inline" : "block";
    const code = transpileJavaScript(node, {id, path, mode, resolveImport: resolve, resolveFile: String});
    let cell: CompiledCell | undefined;
    new Function("define", code)((defined: CompiledCell) => (cell = defined));
    return cell!;
  } catch (error) {
    throw fault(source, (error as Error).message, placeOf(error as Error, source, javascript));
  }
}

/** A TypeScript cell is a program, never an expression that is displayed: the build's compiler ends it likewise. */
export function typeless(source: string): string {
  try {
    return `${transform(source, {transforms: ["typescript"], disableESTransforms: true, keepUnusedImports: true}).code}\n;`;
  } catch (error) {
    const {message, pos} = error as SyntaxError & {pos?: number};
    throw fault(source, message, pos);
  }
}

/** A parser's complaint as the reader is told it: where, and what, without the place that its message may end with. */
function fault(source: string, message: string, offset?: number): EditError {
  const said = message.replace(/^Error transforming [^:]*: /, "").replace(/ \(\d+:\d+\)$/, "");
  if (offset === undefined) return new EditError(said, 422);
  const before = source.slice(0, offset).split("\n");
  return new EditError(`line ${before.length}, column ${before.at(-1)!.length + 1}: ${said}`, 422, null, offset);
}

/** The offset in a source of what Framework's parser names in the JavaScript: `… (3:5)`. */
function placeOf({message}: Error, source: string, javascript: string): number | undefined {
  const [, line, column] = /\((\d+):(\d+)\)$/.exec(message) ?? [];
  if (line === undefined) return undefined;
  const [own, left] = [source.split("\n"), javascript.split("\n")];
  const row = Number(line) - 1;
  if (row >= own.length) return source.length;
  return own.slice(0, row).join("\n").length + (row ? 1 : 0) + aligned(own[row], left[row] ?? "", Number(column));
}

/** The place in a line of a place in what is left of the line without types: its characters are only left out. */
function aligned(own: string, left: string, column: number): number {
  let at = 0;
  for (let i = 0; i <= column && i < left.length; ++i) {
    const found = own.indexOf(left[i], at);
    if (found < 0) continue;
    if (i === column) return found;
    at = found + 1;
  }
  return Math.min(at, own.length);
}
