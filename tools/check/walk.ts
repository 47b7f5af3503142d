import type Token from "markdown-it/lib/token.mjs";
import {lineOffset, type Page} from "./page.js";

/** A token and the offset from which its source may be searched for. */
export interface Placed {
  token: Token;
  /** The offset of a text that the token's source holds, at or after the place reached so far. */
  find(text: string): number;
}

/**
 * All tokens of a page in reading order, inline ones too. Markdown-it places blocks only; a text inside one is found by
 * searching on from what came before it.
 */
export function* walk(page: Page): Iterable<Placed> {
  let cursor = 0;
  const find = (text: string) => {
    const found = page.text.indexOf(text, cursor);
    if (found < 0) return cursor;
    cursor = found + text.length;
    return found;
  };
  for (const token of page.tokens) {
    if (token.map && token.nesting >= 0) cursor = Math.max(cursor, lineOffset(page, token.map[0]));
    yield {token, find};
    for (const child of token.children ?? []) yield {token: child, find};
    if (token.map && token.type === "fence") cursor = lineOffset(page, token.map[1]);
  }
}
