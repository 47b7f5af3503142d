import {parseJavaScript} from "@observablehq/framework/dist/javascript/parse.js";
import {transpileJavaScript} from "@observablehq/framework/dist/javascript/transpile.js";
import {fault} from "./fault.js";

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
  /** The source without its types (types.ts), when it has some. */
  javascript?: string;
  inline?: boolean;
  /** The page: `/week2/resnet-from-scratch`. */
  path: string;
  /** The address of what an import names. @throws Error, a sentence, if the site has no such module. */
  resolve(specifier: string): string;
}

/**
 * Compiles a cell as the build does: by Framework's own parser, which finds what the cell reads and defines. Nothing runs.
 *
 * @throws EditError (422) with the offset of the fault in the source.
 */
export function compileCell({id, source, javascript = source, inline, path, resolve}: CellSource): CompiledCell {
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
