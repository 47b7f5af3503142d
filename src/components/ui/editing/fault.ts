import {EditError} from "../editorStore.js";

/** A parser's complaint as the reader is told it: where, and what, without the place that its message may end with. */
export function fault(source: string, message: string, offset?: number): EditError {
  const said = message.replace(/^Error transforming [^:]*: /, "").replace(/ \(\d+:\d+\)$/, "");
  if (offset === undefined) return new EditError(said, 422);
  const before = source.slice(0, offset).split("\n");
  return new EditError(`line ${before.length}, column ${before.at(-1)!.length + 1}: ${said}`, 422, null, offset);
}
