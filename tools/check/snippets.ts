import {parseInfo} from "@observablehq/framework/dist/info.js";
import {contentOffsets, lineOffset, mapOffset, problemAt, type Page} from "./page.js";
import type {Problem} from "./problem.js";
import {walk} from "./walk.js";

/** Code of a page that runs: a ```ts or ```js cell, or an inline `${…}`. */
export interface Snippet {
  page: Page;
  language: "ts" | "js";
  inline: boolean;
  source: string;
  /** Offset in the page of each line of `source`. */
  lines: number[];
}

/** Languages whose cells Framework would run beside ts and js; we check none of them, so we have none. */
const unchecked = new Set(["jsx", "tsx", "html", "svg", "tex", "dot", "mermaid", "sql"]);

export function snippets(page: Page): {snippets: Snippet[]; problems: Problem[]} {
  const found: Snippet[] = [];
  const problems: Problem[] = [];
  for (const {token, find} of walk(page)) {
    if (token.type === "placeholder") {
      const start = find(`\${${token.content}}`) + 2;
      const lines = lineOffsetsFrom(page, start, token.content);
      found.push({page, language: "js", inline: true, source: token.content, lines});
    }
    if (token.type !== "fence") continue;
    const {tag, attributes} = parseInfo(token.info);
    if (attributes.run?.toLowerCase() === "false") continue;
    const lines = contentOffsets(page, token.map![0] + 1, token.content);
    if (tag === "ts" || tag === "js") found.push({page, language: tag, inline: false, source: token.content, lines});
    else if (unchecked.has(tag)) {
      const message = `expected a ts cell, got ${tag}; a listing that does not run is \`${tag} run=false\``;
      problems.push(problemAt(page, lineOffset(page, token.map![0]), message));
    }
  }
  return {snippets: found, problems};
}

/** The place in the page of an offset in a snippet. */
export const problemIn = (snippet: Snippet, offset: number, message: string): Problem =>
  problemAt(snippet.page, mapOffset(snippet.source, snippet.lines, offset), message);

function lineOffsetsFrom(page: Page, start: number, content: string): number[] {
  const first = page.lineStarts.filter((offset) => offset <= start).length;
  return content.split("\n").map((_, i) => (i === 0 ? start : (page.lineStarts[first - 1 + i] ?? start)));
}
