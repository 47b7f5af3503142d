import type MarkdownIt from "markdown-it";
import type {RenderRule} from "markdown-it/lib/renderer.mjs";
import type Token from "markdown-it/lib/token.mjs";
import {spansOf} from "./blocks.js";

/**
 * Gives each block of a page its id, `data-block`, on the first element that it becomes: the editor asks by it. HTML that
 * begins with no element (a comment, an end tag) gets one before it, and definitions of links get one, which is seen
 * where the page is edited alone.
 */
export function blockMarks(md: MarkdownIt): MarkdownIt {
  const ids = new WeakMap<Token, string>();
  md.core.ruler.before("inline", "block_marks", (state) => {
    const {tokens, src, Token} = state;
    for (const {token, id, from} of spansOf(tokens, src.split("\n"))) {
      if (!token) {
        const hidden = Object.assign(new Token("html_block", "", 0), {content: place(id, "edit-references")});
        const next = state.tokens.findIndex(({level, map}) => level === 0 && map && map[0] > from);
        state.tokens = state.tokens.toSpliced(next < 0 ? state.tokens.length : next, 0, hidden);
      } else if (token.type === "html_block")
        token.content = begins.test(token.content) ? marked(token.content, id) : place(id) + token.content;
      else if (token.nesting === 1 || token.type === "hr") token.attrSet("data-block", id);
      else ids.set(token, id);
    }
  });
  for (const type of ["fence", "code_block", "math_block"]) {
    const render = md.renderer.rules[type] as RenderRule;
    md.renderer.rules[type] = (tokens, i, ...rest) => {
      const html = render(tokens, i, ...rest);
      const id = ids.get(tokens[i]);
      return id ? marked(html, id) : html;
    };
  }
  return md;
}

/** Marks the cells whose fence says `run=ask`: they run when the reader asks (components/ui/cellRuntime.ts). */
export function askingCells(md: MarkdownIt): MarkdownIt {
  const render = md.renderer.rules.fence as RenderRule;
  md.renderer.rules.fence = (tokens, i, ...rest) => {
    const asks = /\brun\s*=\s*"?ask\b/.test(tokens[i].info); // which rendering takes away
    const html = render(tokens, i, ...rest);
    return asks ? html.replace(/^\s*<div/, '$& data-run="ask"') : html;
  };
  return md;
}

const begins = /^\s*<[a-z][\w-]*/i;
const place = (id: string, more = ""): string =>
  `<div class="${["edit-place", more].filter(Boolean).join(" ")}" hidden data-block="${id}"></div>\n`;

/** HTML whose first element, when it begins with one, has the id. */
const marked = (html: string, id: string): string => html.replace(begins, `$& data-block="${id}"`);
