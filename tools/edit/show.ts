import {readFile} from "node:fs/promises";
import type MarkdownIt from "markdown-it";
import {type Block, type Page, parsePage} from "./blocks.js";
import type {Change} from "./change.js";
import {digestOf} from "./digest.js";
import {linesOf, normalised, textOf} from "./lines.js";
import {type Editable, editable} from "./paths.js";
import {type Place, placeOf} from "./place.js";
import {Refusal} from "./refusal.js";

/** Where pages are edited: the source root, the parser of the site, the folder of the history. */
export interface Workshop {
  root: string;
  md: MarkdownIt;
  history?: string;
}

/** A block as an editor shows it. */
export interface Shown {
  file: string;
  kind: Block["kind"] | "component";
  language: string;
  text: string;
  /** The line of the file on which it begins, from 1. */
  line: number;
  place: Place | {digest: string};
}

/** A block of a page, or a whole component when `id` is null. @throws Refusal if it cannot be edited or is not there. */
export async function show({root, md}: Workshop, name: string, id: string | null): Promise<Shown> {
  const file = await editable(root, name);
  const bytes = await readFile(file.path);
  if (id === null && !file.name.endsWith(".md")) return whole(file, bytes);
  if (id === null || !file.name.endsWith(".md"))
    throw new Refusal(400, "expected a block of a page, or a whole component");
  const page = pageOf(bytes, md);
  const block = page.blocks.find((block) => block.id === id);
  if (!block) throw new Refusal(409, "the page has changed on disk since it was shown: reload it");
  return shown(file.name, page, block);
}

let last: {page: Page; md: MarkdownIt} | null = null; // what was shown is what will be saved

/** Keeps a page that was made and written: it is the next to be shown. */
export const keepPage = (page: Page, md: MarkdownIt): void => void (last = {page, md});

/** @throws Refusal if the page cannot be edited here. */
export function pageOf(bytes: Buffer, md: MarkdownIt): Page {
  try {
    if (last?.md !== md || !last.page.bytes.equals(bytes)) last = {page: parsePage(bytes, md), md};
    return last.page;
  } catch (error) {
    throw new Refusal(422, (error as Error).message);
  }
}

/** A block of a page. */
export function shown(file: string, page: Page, block: Block): Shown {
  const {kind, language, text, from} = block;
  const line = linesOf(page.bytes.subarray(0, page.body)).length + from; // below the front matter
  return {file, kind, language, text, line, place: placeOf(page, block)};
}

/** A whole component. */
export function whole({name}: Editable, bytes: Buffer): Shown {
  const text = normalised(textOf(bytes));
  return {file: name, kind: "component", language: "ts", text, line: 1, place: {digest: digestOf(bytes)}};
}

/** The block that a change made or moved, as it stands afterwards. */
export function blockAt(file: string, page: Page, {start, bytes}: Change, last = false): Shown | null {
  const made = page.blocks.filter((block) => block.end > start && block.start < start + bytes.length);
  const block = made.at(last ? -1 : 0);
  return block ? shown(file, page, block) : null;
}
