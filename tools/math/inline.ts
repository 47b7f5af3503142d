import type {RuleInline} from "markdown-it/lib/parser_inline.mjs";

const dollar = 36;
const isSpace = (code: number) => code === 32 || code === 10;
const isDigit = (code: number) => code >= 48 && code <= 57;

/** Markdown-it rule for `$…$`, and for `$$…$$` inside a paragraph. */
export const mathInline: RuleInline = (state, silent) => {
  const {src, pos, posMax} = state;
  if (src.charCodeAt(pos) !== dollar || src[pos + 1] === "{") return false; // `${…}` is a cell
  const mark = src[pos + 1] === "$" ? "$$" : "$";
  const start = pos + mark.length;
  if (mark === "$" && isSpace(src.charCodeAt(start))) return false;
  const end = closing(src, mark, start, posMax);
  if (end < 0 || !src.slice(start, end).trim() || src.slice(start, end).includes("`")) return false; // code goes first
  if (mark === "$" && (isSpace(src.charCodeAt(end - 1)) || isDigit(src.charCodeAt(end + 1)))) return false;
  if (!silent) {
    const token = state.push("math_inline", "math", 0);
    token.content = src.slice(start, end);
    token.markup = mark;
    token.meta = {position: start};
  }
  state.pos = end + mark.length;
  return true;
};

/** Where the formula ends: the next mark that no backslash escapes; −1 when there is none. */
function closing(src: string, mark: string, from: number, limit: number): number {
  for (let end = src.indexOf(mark, from); end >= 0 && end + mark.length <= limit; end = src.indexOf(mark, end + 1)) {
    let backslashes = 0;
    while (src[end - 1 - backslashes] === "\\") ++backslashes;
    if (backslashes % 2 === 0) return end;
  }
  return -1;
}
