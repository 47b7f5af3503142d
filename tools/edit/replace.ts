import type {Block, Page} from "./blocks.js";
import type {Change} from "./change.js";
import {endingOf, type Line} from "./lines.js";
import {Refusal} from "./refusal.js";
import {isBlank, plainText, trimmed} from "./text.js";

/** A line as the editor shows it, and what stands in the file: its place before the edit, its text after it. */
export interface Shown<T> {
  shown: string;
  source: T;
}

/** A block with another text. Lines that stay at its beginning and its end keep their bytes, endings too. */
export function replace(page: Page, block: Block, text: string): Change {
  const {start, end, from, to, fence} = block;
  const plain = plainText(text);
  const wanted = fence ? plain : trimmed(plain);
  if (plain === block.text || wanted === block.text) return {start, end, bytes: page.bytes.subarray(start, end)};
  if (!fence && isBlank(wanted)) throw new Refusal(422, "expected a text, got none: delete the block instead");
  const lines = page.lines.slice(from, to);
  const before = block.text.split("\n").slice(0, fence ? fence.lines : undefined);
  const after = wanted === "" ? [] : wanted.split("\n");
  const [old, made] = fence ? fenced(page, block, before, after) : [before, after.map(same)];
  const places = old.map((shown, i) => ({shown, source: lines[i]}));
  const ending = endingOf(page.bytes, lines.length > 1 ? lines : page.lines);
  return {start, end, bytes: rebuilt(page.bytes, places, made, ending)};
}

export const same = (shown: string): Shown<string> => ({shown, source: shown});

/** The lines of a fence before and after. A code that would close the fence makes its marks longer. */
function fenced({bytes, lines}: Page, block: Block, before: string[], after: string[]): [string[], Shown<string>[]] {
  const lineAt = ({start, end}: Line) => bytes.toString("utf8", start, end);
  const first = lineAt(lines[block.from]);
  const [, indent, mark] = /^( *)(`+|~+)/.exec(first)!;
  const closing = new RegExp(`^ {0,3}(${mark[0]}{${mark.length},})[ \\t]*$`);
  const runs = after.map((line) => closing.exec(line)?.[1].length ?? 0);
  const more = mark[0].repeat(Math.max(0, ...runs.map((length) => length + 1 - mark.length)));
  const code = after.map((shown) => ({shown, source: (shown && indent) + shown}));
  const head = indent + mark + more + first.slice(indent.length + mark.length);
  if (!block.fence!.closed)
    return [
      [first, ...before],
      [same(head), ...code]
    ];
  const last = lineAt(lines[block.to - 1]);
  return [
    [first, ...before, last],
    [same(head), ...code, same(more ? indent + mark + more : last)]
  ];
}

/** The bytes of new lines. Those that are shown as before, at the beginning and at the end, stay as they were. */
export function rebuilt(bytes: Buffer, old: Shown<Line>[], made: Shown<string>[], ending: string): Buffer {
  const common = Math.min(old.length, made.length);
  let head = 0;
  while (head < common && old[head].shown === made[head].shown) ++head;
  let tail = 0;
  while (tail < common - head && old.at(-1 - tail)!.shown === made.at(-1 - tail)!.shown) ++tail;
  const parts = made.flatMap(({source}, i) => {
    const kept = i < head ? old[i] : i >= made.length - tail ? old[old.length - made.length + i] : null;
    const text = kept ? bytes.subarray(kept.source.start, kept.source.end) : Buffer.from(source);
    if (i === made.length - 1) return [text];
    const own = kept && kept !== old.at(-1) ? bytes.subarray(kept.source.end, kept.source.next) : Buffer.from(ending);
    return [text, own];
  });
  return Buffer.concat(parts);
}
