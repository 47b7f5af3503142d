import {readFile} from "node:fs/promises";
import type {Plugin} from "esbuild";

/** Where Acorn's own check of regular expressions begins and ends in its file. */
const [first, last] = ["var scriptValuesAddedInUnicode = ", "// Object type used to represent tokens."];

/** The browser's check in its place: what it takes is what will run. */
const check = `
var RegExpValidationState = function () {};
RegExpValidationState.prototype.reset = function (start, pattern, flags) {
  Object.assign(this, {start: start, pattern: pattern, flags: flags});
};
Parser.prototype.validateRegExpFlags = function () {};
Parser.prototype.validateRegExpPattern = function (state) {
  try { new RegExp(state.pattern, state.flags); } catch (error) { this.raiseRecoverable(state.start, error.message); }
};
`;

/**
 * Acorn's file without its grammar of regular expressions and its lists of Unicode's scripts, a fourth of it.
 *
 * @throws Error if the file is another than is known here.
 */
export function withoutExpressions(text: string): string {
  const [from, to] = [text.indexOf(first), text.indexOf(last)];
  if (from < 0 || to < from) throw new Error(`acorn: expected its check of regular expressions, got a file without it`);
  return text.slice(0, from) + check + text.slice(to);
}

/** Bundles it so. */
export const lightAcorn: Plugin = {
  name: "light-acorn",
  setup(esbuild) {
    esbuild.onLoad({filter: /[\\/]acorn[\\/]dist[\\/]acorn\.mjs$/}, async ({path}) => ({
      contents: withoutExpressions(await readFile(path, "utf8"))
    }));
  }
};
