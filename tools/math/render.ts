import katex from "katex";
import {macros} from "./macros.js";

// A macro may be defined inside a formula (\gdef): each formula starts from a fresh copy.
const options = (display: boolean) => ({displayMode: display, strict: "ignore" as const, macros: {...macros}});

/** HTML with MathML of a formula. @throws katex.ParseError with `position` in `tex`. */
export const renderTex = (tex: string, display: boolean): string => katex.renderToString(tex, options(display));

/** What is wrong with a formula and where in it, or null. */
export function texProblem(tex: string, display: boolean): {message: string; position: number} | null {
  try {
    renderTex(tex, display);
    return null;
  } catch (error) {
    if (!(error instanceof katex.ParseError)) throw error;
    return {message: error.rawMessage, position: error.position ?? 0};
  }
}
