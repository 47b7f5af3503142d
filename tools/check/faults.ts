import {SourceMap} from "node:module";

/** A fault of a source and its offset there. */
export interface Fault {
  offset: number;
  message: string;
}

/** What a parser that throws finds wrong with a code, if anything. */
export function faultOf(code: string, compile: (code: string) => unknown): Fault[] {
  try {
    compile(code);
    return [];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const [, text, line, column] = /^(.*?)(?: \((\d+):(\d+)\))?$/s.exec(error.message)!; // acorn's way, and Framework's
    return [{offset: offsetAt(code, Number(line ?? 1), Number(column ?? 0)), message: text}];
  }
}

/** The offset in the TypeScript of an offset in the JavaScript made from it: the nearest mapped place on its line. */
export function original(source: string, code: string, map: string, offset: number): number {
  const sourceMap = new SourceMap(JSON.parse(map));
  const before = code.slice(0, offset).split("\n");
  const [row, length] = [before.length - 1, code.split("\n")[before.length - 1].length];
  for (let column = before.at(-1)!.length; column <= length; ++column) {
    const entry = sourceMap.findEntry(row, column);
    if (!("originalLine" in entry) || entry.generatedLine !== row) continue;
    return offsetAt(source, entry.originalLine + 1, entry.originalColumn);
  }
  return 0;
}

/** The offset of a line, from 1, and a column, from 0. */
export function offsetAt(text: string, line: number, column: number): number {
  const before = text.split("\n").slice(0, line - 1);
  return before.reduce((sum, {length}) => sum + length + 1, column);
}
