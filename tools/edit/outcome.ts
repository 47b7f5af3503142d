import type MarkdownIt from "markdown-it";
import type {Page} from "./blocks.js";
import {applied, type Change} from "./change.js";
import {Refusal} from "./refusal.js";
import {reparse} from "./reparse.js";

/**
 * The page after a change.
 *
 * @throws Refusal if the text would become front matter (which names what runs in Node), or opens a fence, a formula,
 * a block of colons or a comment without closing it, so that what follows would become part of it.
 */
export function outcome(page: Page, change: Change, md: MarkdownIt): Page {
  const {start, bytes, ends = []} = change;
  const result = applied(page.bytes, change);
  const begins = /^\uFEFF?---(?!-)/.test(result.toString("utf8", 0, 8));
  const after = begins && page.body < 4 ? null : reparse(page, change, md); // parsing front matter of JavaScript runs it
  const newline = after && page.body === page.bytes.length ? result.toString("utf8", page.body, after.body) : "";
  if (after?.body !== page.body + newline.length || !/^(\r?\n)?$/.test(newline))
    throw new Refusal(422, "expected a block of the page, got a text that would be read as its front matter (---)");
  const edges = [start, start + bytes.length, ...ends.map((end) => start + end)];
  const taken = after.blocks.find(
    ({kind, start, end}) =>
      !["prose", "table", "reference"].includes(kind) && edges.some((edge) => start < edge && edge < end)
  );
  if (taken)
    throw new Refusal(422, `expected a text that ends with its block, got ${unclosed[taken.kind]} that is not closed`);
  return after;
}

const unclosed: Record<string, string> = {
  cell: "a fence",
  listing: "a fence",
  mathematics: "a formula ($$)",
  container: "a block of colons (:::)",
  html: "an HTML element or a comment"
};
