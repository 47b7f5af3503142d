import type MarkdownIt from "markdown-it";
import {type Block, type Page, parsePage} from "./blocks.js";
import {applied, type Change} from "./change.js";
import {linesOf} from "./lines.js";

const beyond = 3; // blocks after the change that must be the old ones again

/**
 * The page after a change below its front matter. Only the changed blocks, the one before them and a few after them are
 * parsed, when the blocks after the change are then found to be the old ones; else all of it, as where a fence was opened.
 * A block begins and ends by its own lines and the next, so that those further off cannot have become others; only `$$`
 * looks as far as there are lines for its end, so that a page with one that has none is parsed whole.
 */
export function reparse(page: Page, change: Change, md: MarkdownIt): Page {
  const {blocks, body} = page;
  const bytes = applied(page.bytes, change);
  const first = blocks.findIndex(({end}) => end >= change.start) - 1; // the block before the change
  const rest = blocks.findIndex(({start}) => start > change.end); // the first block after it
  const last = rest + beyond;
  if (first < 0 || rest < 0 || last >= blocks.length) return parsePage(bytes, md);
  const by = bytes.length - page.bytes.length;
  const [from, to] = [blocks[first].start, blocks[last].start + by];
  const part = parsePage(Buffer.concat([opening, bytes.subarray(from, to)]), md);
  const lines = linesOf(bytes, body);
  const down = lines.length - page.lines.length;
  const moved = (block: Block, by: number, lines: number): Block => ({
    ...block,
    ...{start: block.start + by, end: block.end + by, from: block.from + lines, to: block.to + lines}
  });
  const made = part.blocks.map((block) => moved(block, from - opening.length, blocks[first].from - 1));
  const after = blocks.slice(rest).map((block) => moved(block, by, down));
  const found = made.slice(-beyond);
  if (made.length < beyond || [...blocks, ...made].some(isOpen) || !found.every((block, i) => isSame(block, after[i])))
    return parsePage(bytes, md);
  return {bytes, lines, body, blocks: numbered([...blocks.slice(0, first), ...made.slice(0, -beyond), ...after])};
}

const opening = Buffer.from("\n"); // so that `---` at the front opens no front matter

const isOpen = ({kind, text}: Block): boolean => kind === "prose" && /^\s*\$\$/m.test(text);

function isSame(one: Block, two: Block): boolean {
  const fields = ["start", "end", "from", "to", "kind", "text"] as const;
  return fields.every((field) => one[field] === two[field]);
}

/** Blocks with the ids that they have on their page: copies are counted. */
function numbered(blocks: Block[]): Block[] {
  const copies = new Map<string, number>();
  return blocks.map((block) => {
    const digest = block.id.split("-")[0];
    const copy = copies.get(digest) ?? 0;
    copies.set(digest, copy + 1);
    const id = copy ? `${digest}-${copy}` : digest;
    return id === block.id ? block : {...block, id};
  });
}
