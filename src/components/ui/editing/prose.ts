import {createMarkdownIt} from "@observablehq/framework/dist/markdown.js";
import type MarkdownIt from "markdown-it";

/** A cell that stands in a text, as it was collected: its id is in a comment of the HTML. */
export interface CollectedCell {
  id: string;
  mode: "inline" | "block" | "jsx";
  node: {source: string; language: "ts" | "js"};
}

/** HTML of a text with formulas as `<tex-math>`, and the cells in it, not yet compiled. */
export interface RenderedProse {
  html: string;
  cells: CollectedCell[];
}

/**
 * Renders Markdown as the build does, by Framework's own rules and the site's.
 *
 * @param numbers of the page's labelled equations: what the text refers to, and what it keeps.
 */
export function proseRenderer(
  plugins: (md: MarkdownIt) => MarkdownIt,
  numbers: Record<string, number>
): (text: string, path: string) => RenderedProse {
  const md = createMarkdownIt({markdownIt: plugins});
  md.core.ruler.after("equation_numbers", "page_numbers", (state) => {
    state.env.equations = new Map([...state.env.equations, ...Object.entries(numbers)]);
  });
  return (text, path) => {
    const code: CollectedCell[] = [];
    const env = {code, startLine: 0, currentLine: 0, path};
    return {html: md.renderer.render(md.parse(text, env), md.options, env), cells: code};
  };
}
