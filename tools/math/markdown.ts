import type MarkdownIt from "markdown-it";
import {mathBlock} from "./block.js";
import {mathInline} from "./inline.js";

/**
 * Mathematics in markdown.
 *
 *   $x^2$                      inline
 *   $$ y = W x $$              displayed, also over several lines; aligned, cases and \tag work
 *   $$ y = W x $$ {#eq:linear} displayed with the page's next number: "(1)"
 *   $$ … $$ {#eq:net definition}, {#eq:half step}   numbered too, and marked as what needs no check
 *   [eq:linear]                a link that reads "(1)", before or after the equation
 *
 * From another page: `[equation](./other#eq-linear)`. A formula cannot hold `${…}`, which is a cell, and an inline
 * formula cannot begin or end with a space: "$5 and $6" stays text. In a table write `\mid` for `|`. A raw `<div>`
 * needs a blank line before mathematics that follows it.
 *
 * Formulas leave here as `<tex-math>` elements with their source and are rendered late: by the build once per distinct
 * formula, in the preview by a custom element.
 */
export function mathPlugin(md: MarkdownIt): MarkdownIt {
  md.block.ruler.before("fence", "math_block", mathBlock, {alt: ["paragraph", "reference", "blockquote", "list"]});
  md.core.ruler.after("block", "equation_numbers", (state) => {
    const equations: Equations = new Map();
    for (const token of state.tokens) {
      if (token.type !== "math_block" || !token.meta.label) continue;
      equations.set(token.meta.label, equations.size + 1);
    }
    state.env.equations = equations;
  });
  md.inline.ruler.before("placeholder", "math_inline", mathInline);
  md.inline.ruler.before("link", "equation_reference", (state, silent) => {
    const match = /^\[eq:([\w-]+)\](?!\()/.exec(state.src.slice(state.pos, state.pos + 80));
    if (!match) return false;
    if (!silent) state.push("equation_reference", "a", 0).content = match[1];
    state.pos += match[0].length;
    return true;
  });
  const element = (tex: string, display: boolean) =>
    `<tex-math${display ? ' display=""' : ""}>${md.utils.escapeHtml(tex)}</tex-math>`;
  md.renderer.rules.math_inline = (tokens, i) => element(tokens[i].content, tokens[i].markup === "$$");
  md.renderer.rules.math_block = (tokens, i, _, env) => {
    const {label, kind} = tokens[i].meta;
    const body = `<div class="equation-body">${element(tokens[i].content, true)}</div>`;
    if (!label) return `<div class="equation">${body}</div>\n`;
    const number = `<a class="equation-number" href="#eq-${label}">(${env.equations.get(label)})</a>`;
    return `<div class="equation" id="eq-${label}" data-kind="${kind}">${body}${number}</div>\n`;
  };
  md.renderer.rules.equation_reference = (tokens, i, _, env) => {
    const label = tokens[i].content;
    const number = env.equations?.get(label);
    return number ? `<a href="#eq-${label}">(${number})</a>` : `<mark>[eq:${label}]</mark>`;
  };
  return md;
}

/** The numbers of a page's labelled equations. */
export type Equations = Map<string, number>;
