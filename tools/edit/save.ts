import {readFile} from "node:fs/promises";
import type MarkdownIt from "markdown-it";
import type {Block, Page} from "./blocks.js";
import {applied, asking, asks, type Change, duplicate, insert, move, remove} from "./change.js";
import {digestOf} from "./digest.js";
import {historyFolder, keep, versionOf} from "./history.js";
import {endingOf, linesOf, normalised, textOf} from "./lines.js";
import {outcome} from "./outcome.js";
import {refuseFaults} from "./parse.js";
import {type Editable, editable} from "./paths.js";
import {counterpart, find} from "./place.js";
import {Refusal, sentence} from "./refusal.js";
import {rebuilt, replace, same} from "./replace.js";
import type {Edit} from "./request.js";
import {blockAt, keepPage, pageOf, type Shown, shown, whole, type Workshop} from "./show.js";
import {plainText} from "./text.js";
import {writeWhole} from "./write.js";

/** What a save answers: the file's new digest, that of before (to take it back), and the block as it is now. */
export interface Saved {
  digest: string;
  before: string;
  block: Shown | null;
  /** Whether the cell waits to be asked from now on, when that was what was to be done. */
  asks?: boolean;
}

/**
 * Does an edit and writes the file: byte for byte the same but for the change. What the file was and what it becomes
 * are kept in the history first. Edits of one file wait for one another.
 *
 * @throws Refusal if it may not be done; with status 409, `theirs` (what stands on disk) and `digest` if the file has
 * changed since it was read and the edit is no longer certain. Nothing is overwritten then.
 */
export async function save(workshop: Workshop, edit: Edit): Promise<Saved> {
  const file = await editable(workshop.root, edit.file);
  const run = (waiting.get(file.path) ?? Promise.resolve()).then(() => saveNow(workshop, file, edit));
  const settled = run.catch(() => undefined);
  waiting.set(file.path, settled);
  settled.then(() => waiting.get(file.path) === settled && waiting.delete(file.path));
  return run.catch((error) => Promise.reject(sentence(error, file.name)));
}

const waiting = new Map<string, Promise<unknown>>();

async function saveNow({root: _, md, history = historyFolder}: Workshop, file: Editable, edit: Edit): Promise<Saved> {
  const before = await readFile(file.path);
  const {change, after} = await changed(file, before, edit, md, history);
  const bytes = applied(before, change);
  const digests = {digest: digestOf(bytes), before: digestOf(before)};
  const made = () => (after ? blockAt(file.name, after, change, edit.do === "down") : null);
  const asked = edit.do === "ask" ? {asks: asks(change.bytes.toString())} : {};
  const answer = () => ({...digests, ...asked, block: edit.do === "write" ? whole(file, bytes) : made()});
  if (bytes.equals(before)) return answer();
  await keep(file.name, before, history);
  await keep(file.name, bytes, history);
  const late = await writeWhole(file.path, bytes, before);
  if (late) throw conflict(file, late, edit, md);
  if (after) keepPage(after, md);
  return answer();
}

/** The change that an edit means, and the page after it. */
async function changed(file: Editable, bytes: Buffer, edit: Edit, md: MarkdownIt, history: string) {
  const isPage = file.name.endsWith(".md");
  const path = `/${file.name.replace(/\.md$/, "")}`;
  if (edit.do === "write" || edit.do === "restore") {
    if (edit.do === "write" && isPage) throw new Refusal(403, `expected a component, got ${file.name}`);
    if (digestOf(bytes) !== edit.digest) throw conflict(file, bytes, edit, md);
    if (edit.do === "write") {
      await refuseFaults(edit.text, "component", {md, path});
      return {change: written(bytes, plainText(edit.text)), after: null};
    }
    const version = await versionOf(file.name, edit.version, history);
    if (!version) throw new Refusal(404, "expected a version in the history, got none of that digest");
    return {change: {start: 0, end: bytes.length, bytes: version}, after: null};
  }
  if (!isPage) throw new Refusal(403, `expected a page, got ${file.name}`);
  const page = pageOf(bytes, md);
  const block = "id" in edit.place ? find(page, edit.place) : null;
  const gone = block === undefined || (block === null && (page.blocks.length || digestOf(bytes) !== edit.place.digest));
  if (gone) throw conflict(file, bytes, edit, md);
  const change = changeOf(page, block, edit);
  const after = outcome(page, change, md);
  if (edit.do === "insert") await refuseFaults(edit.text, "prose", {md, path});
  if (edit.do === "replace")
    await refuseFaults(plainText(edit.text), block!.kind, {md, path, language: block!.language});
  return {change, after};
}

function changeOf(page: Page, block: Block | null, edit: Exclude<Edit, {do: "write" | "restore"}>): Change {
  if (edit.do === "insert") return insert(page, block, edit.where, edit.text);
  if (edit.do === "replace") return replace(page, block!, edit.text);
  if (edit.do === "delete") return remove(page, block!);
  if (edit.do === "ask") return asking(page, block!);
  return edit.do === "duplicate" ? duplicate(page, block!) : move(page, block!, edit.do);
}

/** A whole file with another text. */
function written(bytes: Buffer, text: string): Change {
  const lines = linesOf(bytes);
  const shown = normalised(textOf(bytes)).split("\n");
  const places = lines.map((source, i) => ({shown: shown[i], source}));
  return {
    ...{start: 0, end: bytes.length},
    bytes: rebuilt(bytes, places, text.split("\n").map(same), endingOf(bytes, lines))
  };
}

function conflict(file: Editable, bytes: Buffer, edit: Edit, md: MarkdownIt): Refusal {
  const details = {digest: digestOf(bytes), theirs: theirsOf(file, bytes, edit, md)};
  return new Refusal(409, `${file.name} has changed on disk since it was read; nothing was overwritten`, details);
}

function theirsOf(file: Editable, bytes: Buffer, edit: Edit, md: MarkdownIt): Shown | null {
  if (!("place" in edit)) return whole(file, bytes);
  const page = pageOf(bytes, md);
  const block = "id" in edit.place ? counterpart(page, edit.place) : undefined;
  return block ? shown(file.name, page, block) : null;
}
