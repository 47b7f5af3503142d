import type {Block, Page} from "./blocks.js";
import {endingOf} from "./lines.js";
import {Refusal} from "./refusal.js";
import {isBlank, plainText, trimmed} from "./text.js";

/** Some bytes of a file become others; all else stays. */
export interface Change {
  start: number;
  end: number;
  bytes: Buffer;
  /** Offsets within the new bytes at which no block may go on. */
  ends?: number[];
}

/** The file after a change. */
export const applied = (bytes: Buffer, {start, end, bytes: inserted}: Change): Buffer =>
  Buffer.concat([bytes.subarray(0, start), inserted, bytes.subarray(end)]);

/** A new block of markdown before or after one; with no blocks on the page, at its end. */
export function insert(page: Page, anchor: Block | null, where: "above" | "below", text: string): Change {
  const markdown = trimmed(plainText(text));
  if (isBlank(markdown)) throw new Refusal(422, "expected a text for the new block, got none");
  const eol = endingOf(page.bytes);
  const block = markdown.replaceAll("\n", eol);
  if (!anchor) return at(page.bytes.length, opening(page, eol) + block + eol);
  if (where === "above") return at(anchor.start, (isFree(page, anchor.from - 1) ? "" : eol) + block + eol + eol);
  return at(anchor.end, eol + eol + block + (isFree(page, anchor.to) ? "" : eol));
}

/** A block taken out, with the blank lines after it; the last one with those before it. */
export function remove(page: Page, block: Block): Change {
  const {lines, bytes} = page;
  let [from, to] = [block.from, block.to];
  const last = block === page.blocks.at(-1) && isFree(page, to);
  while (!last && to < lines.length && isEmpty(page, to)) ++to;
  if (last || to === lines.length) while (from > 0 && isEmpty(page, from - 1)) --from;
  const alone = from === 0 && lines.every((_, i) => i < block.to || isEmpty(page, i));
  if (alone) return {start: lines[0].start, end: bytes.length, bytes: Buffer.alloc(0)};
  if (last) return {start: from ? lines[from - 1].end : block.start, end: block.end, bytes: Buffer.alloc(0)};
  if (to === lines.length) return {start: lines[from - 1].end, end: block.end, bytes: Buffer.alloc(0)};
  const between = to === block.to && !isFree(page, from - 1) ? endingOf(bytes) : ""; // else its neighbours would join
  return {start: block.start, end: lines[to].start, bytes: Buffer.from(between)};
}

/** A copy of a block right below it. */
export function duplicate(page: Page, block: Block): Change {
  const eol = endingOf(page.bytes);
  const copy = page.bytes.subarray(block.start, block.end);
  const after = isFree(page, block.to) ? "" : eol;
  return {start: block.end, end: block.end, bytes: Buffer.concat([Buffer.from(eol + eol), copy, Buffer.from(after)])};
}

const ask = /\s+run\s*=\s*(?:"ask"|ask\b)/;

/** A cell whose fence says `run=ask`, or says so no more. @throws Refusal if the block is no cell. */
export function asking({bytes, lines}: Page, block: Block): Change {
  if (block.kind !== "cell") throw new Refusal(422, `expected a cell, got another block (${block.kind})`);
  const {end} = lines[block.from];
  const fence = bytes.toString("utf8", block.start, end);
  const [, opening] = /^( *(?:`+|~+)\s*[\w-]*)/.exec(fence)!;
  const changed = asks(fence) ? fence.replace(ask, "") : `${opening} run=ask${fence.slice(opening.length)}`;
  return {
    start: block.start,
    end: block.end,
    bytes: Buffer.concat([Buffer.from(changed), bytes.subarray(end, block.end)])
  };
}

/** Whether a fence, by its first line, makes its cell wait until it is asked to run. */
export const asks = (fence: string): boolean => ask.test(fence.split(/[\r\n]/, 1)[0]);

/** A block in the place of its neighbour, and the neighbour in its own; what lies between them stays between them. */
export function move(page: Page, block: Block, direction: "up" | "down"): Change {
  const {blocks, bytes} = page;
  const i = blocks.indexOf(block) - (direction === "up" ? 1 : 0);
  const [first, second] = [blocks[i], blocks[i + 1]];
  if (!first || !second) throw new Refusal(422, `expected a block ${direction === "up" ? "above" : "below"}, got none`);
  const eol = endingOf(bytes);
  const gap = isFree(page, first.to) ? bytes.subarray(first.end, second.start) : Buffer.from(eol + eol);
  const swapped = [bytes.subarray(second.start, second.end), gap, bytes.subarray(first.start, first.end)];
  const after = gap.length !== second.start - first.end && !isFree(page, second.to) ? eol : "";
  const ends = [swapped[0].length, swapped[0].length + gap.length];
  return {start: first.start, end: second.end, bytes: Buffer.concat([...swapped, Buffer.from(after)]), ends};
}

const at = (offset: number, text: string): Change => ({start: offset, end: offset, bytes: Buffer.from(text)});

/** Whether there is nothing on a line: it is blank, or outside the page. */
function isFree(page: Page, line: number): boolean {
  return line < 0 || line >= page.lines.length || isEmpty(page, line);
}

function isEmpty({bytes, lines}: Page, line: number): boolean {
  return isBlank(bytes.toString("utf8", lines[line].start, lines[line].end));
}

/** What must stand before the first block of a page without blocks. */
function opening({bytes}: Page, eol: string): string {
  return bytes.length ? (/[\r\n]/.test(String.fromCharCode(bytes.at(-1)!)) ? eol : eol + eol) : "";
}
