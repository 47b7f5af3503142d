import {readFile} from "node:fs/promises";
import {join} from "node:path";
import type MarkdownIt from "markdown-it";
import type {PageSource, PublishedBlock} from "../../../src/components/ui/editing/pageSource.js";
import {type Block, parsePage} from "../../edit/blocks.js";
import {normalised, textOf} from "../../edit/lines.js";

const marked = /data-block="([0-9a-f]{12}(?:-\d+)?)"/g;

/** A built page whose blocks carry their numbers, and the sources of those blocks. */
export interface Numbered {
  html: string;
  source: Omit<PageSource, "client" | "runtime" | "modules">;
}

/**
 * Gives the blocks of a built page their numbers, which weigh less than their digests, and takes their sources from the
 * page's file.
 *
 * @throws Error if the page was not built from this file.
 */
export async function numbered(html: string, root: string, file: string, md: MarkdownIt): Promise<Numbered> {
  const bytes = await readFile(join(root, file));
  const {blocks, lines} = parsePage(bytes, md);
  const text = normalised(textOf(bytes));
  const body = text.split("\n").slice(-lines.length).join("\n");
  const numbers = new Map(blocks.map(({id}, i) => [id, i]));
  const shown = new Set<string>();
  const withNumbers = html.replace(marked, (_, id: string) => {
    if (!numbers.has(id)) throw new Error(`build: expected the blocks of ${file} in its page, got another, ${id}`);
    shown.add(id);
    return `data-block="${numbers.get(id)}"`;
  });
  const env: {equations?: Map<string, number>; path: string} = {path: `/${file.replace(/\.md$/, "")}`};
  md.parse(body, env);
  const parts = cut(text, text.length - body.length, blocks);
  const isFixed = (block: Block, raw: string) => !shown.has(block.id) || raw !== block.text || isBuilt(block);
  const made = blocks.map((block, i): PublishedBlock => {
    const {id, kind, language} = block;
    return {id, kind, language, ...parts.blocks[i], ...(isFixed(block, parts.blocks[i].text) && {fixed: true})};
  });
  const equations = Object.fromEntries(env.equations ?? []);
  return {html: withNumbers, source: {file, blocks: made, end: parts.end, equations}};
}

/**
 * Whether only the build can make it: HTML, of which several blocks make one element, link references, which serve other
 * blocks, and cells in other languages.
 */
const isBuilt = ({kind, language}: Block) =>
  kind === "html" || kind === "reference" || (kind === "cell" && !["ts", "js"].includes(language));

/** The text of a page cut into those of its blocks and what stands between them. */
function cut(text: string, body: number, blocks: Block[]): {blocks: {lead: string; text: string}[]; end: string} {
  const starts = [body];
  for (let i = body; i < text.length; ++i) if (text[i] === "\n") starts.push(i + 1);
  let done = 0;
  const parts = blocks.map(({from, to, fence}) => {
    const first = fence ? from + 1 : from;
    const after = fence ? first + fence.lines : to;
    const start = starts[first] ?? text.length;
    const end = after > first ? (starts[after] ?? text.length + 1) - 1 : start;
    const part = {lead: text.slice(done, start), text: text.slice(start, end)};
    done = end;
    return part;
  });
  return {blocks: parts, end: text.slice(done)};
}
