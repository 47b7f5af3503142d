import {transform} from "sucrase";
import {fault} from "./fault.js";

/**
 * TypeScript without its types, each line where it was. A TypeScript cell is a program, never an expression that is
 * displayed: the build's compiler ends it likewise. A part of its own, for values in a text are JavaScript.
 *
 * @throws EditError (422) with the offset of the fault in the source.
 */
export function typeless(source: string): string {
  try {
    return `${transform(source, {transforms: ["typescript"], disableESTransforms: true, keepUnusedImports: true}).code}\n;`;
  } catch (error) {
    const {message, pos} = error as SyntaxError & {pos?: number};
    throw fault(source, message, pos);
  }
}
