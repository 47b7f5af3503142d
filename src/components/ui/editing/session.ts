import {EditError, type EditStore, type SaveAnswer, type SourceBlock} from "../editorStore.js";
import type {Changes} from "./changes.js";
import type {PageSource, PublishedBlock} from "./pageSource.js";
import type {Prepared} from "./prepare.js";
import type {ReaderEdit, ReaderEdits} from "./readerEdits.js";

/** A page as one reader has it: the published one with the reader's changes. */
export interface Session {
  page: PageSource;
  edits: ReaderEdits;
  store: EditStore;
  /** The published block of an id. */
  block(id: string): PublishedBlock | undefined;
  /** Shows the edits that are kept, those of other tabs too, and puts back what has none. Those that fail, with why. */
  refresh(): Promise<Map<string, string>>;
  /** Keeps an edit and shows it. @throws EditError if it cannot be compiled; nothing was changed then. */
  put(edit: ReaderEdit): Promise<void>;
  /** Puts the published block back. */
  reset(id: string): void;
  /** Takes the last change back; false when there is none. */
  undo(): Promise<boolean>;
  /** The reader's edit of a block, made of a text. */
  editOf(id: string, text: string): ReaderEdit;
}

/** What a session needs of the page. */
export interface SessionParts {
  page: PageSource;
  edits: ReaderEdits;
  changes: Changes;
  prepare(block: PublishedBlock, text: string): Promise<Prepared>;
  /** Told before cells run, so that a change that hangs the page is not run again when it is opened anew. */
  running(): void;
}

/** The edits of one reader on one page. */
export function sessionOf({page, edits: kept, changes, prepare, running}: SessionParts): Session {
  const shown = new Map<string, string>();
  const done: {id: string; before: ReaderEdit | undefined}[] = [];
  const block = (id: string) => page.blocks.find((block) => block.id === id);
  const order = new Map(page.blocks.map(({id}, i) => [id, i]));
  const placeOf = ({id}: ReaderEdit) => order.get(id) ?? Infinity;
  const edits = {...kept, all: () => kept.all().sort((a, b) => placeOf(a) - placeOf(b) || a.time - b.time)};

  async function show(id: string, text: string): Promise<void> {
    const published = block(id);
    if (!published) throw new EditError("the site has changed this block since", 409);
    if (published.fixed) throw new EditError("this part of the page can be edited in the local preview only", 403);
    const prepared = await prepare(published, text);
    running();
    changes.show(id, prepared);
    shown.set(id, text);
  }

  function hide(id: string): void {
    changes.reset(id);
    shown.delete(id);
  }

  async function refresh(): Promise<Map<string, string>> {
    const failed = new Map<string, string>();
    const kept = new Map(edits.all().map((edit) => [edit.id, edit]));
    for (const id of [...shown.keys()]) if (!kept.has(id)) hide(id);
    for (const {id, text} of kept.values()) {
      if (!block(id) || shown.get(id) === text) continue;
      await show(id, text).catch((error: Error) => failed.set(id, error.message));
    }
    return failed;
  }

  async function put(edit: ReaderEdit): Promise<void> {
    const before = edits.get(edit.id);
    await show(edit.id, edit.text);
    done.push({id: edit.id, before});
    edits.put(edit);
  }

  function reset(id: string): void {
    done.push({id, before: edits.get(id)});
    edits.remove(id);
    hide(id);
  }

  async function undo(): Promise<boolean> {
    const last = done.pop();
    if (!last) return false;
    if (last.before) {
      if (block(last.id)) await show(last.id, last.before.text);
      edits.put(last.before);
    } else {
      edits.remove(last.id);
      hide(last.id);
    }
    return true;
  }

  function editOf(id: string, text: string): ReaderEdit {
    const i = page.blocks.findIndex((block) => block.id === id);
    const {kind, language, text: was} = page.blocks[i];
    const [above, below] = [page.blocks[i - 1]?.id ?? null, page.blocks[i + 1]?.id ?? null];
    return {id, kind, language, was, text, above, below, time: Date.now()};
  }

  const session = {page, edits, block, refresh, put, reset, undo, editOf};
  return {...session, store: storeOf(session)};
}

/** The reader's browser as the editor's store. */
function storeOf({page, edits, block, put, reset, editOf}: Omit<Session, "store">): EditStore {
  const versionOf = (id: string) => String(edits.get(id)?.time ?? "published");

  function source(id: string): SourceBlock {
    const i = page.blocks.findIndex((block) => block.id === id);
    const {kind, language, text} = page.blocks[i];
    const above = page.blocks.slice(0, i).map((block) => block.lead + block.text);
    const line = `${above.join("")}${page.blocks[i].lead}`.split("\n").length;
    const place = {id, digest: versionOf(id)};
    const shownKind = kind === "container" ? "prose" : kind;
    return {file: page.file, kind: shownKind, language, text: edits.get(id)?.text ?? text, line, place};
  }

  return {
    words: {
      theirs: "This is the other text:",
      over: "Keep mine instead",
      take: "Take the other one",
      taken: "This is the other text. Undo brings yours back."
    },
    async read(_, id = "") {
      const found = block(id);
      if (!found) throw new EditError("This is no block of the page.", 404);
      if (found.fixed) throw new EditError("This part of the page can be edited in the local preview only.", 403);
      return source(id);
    },
    async save({place, text}): Promise<SaveAnswer> {
      const {id, digest} = place as {id: string; digest: string};
      const changed = (message: string, theirs: SourceBlock | null) => new EditError(message, 409, theirs);
      if (!block(id)) throw changed("the site has changed this block since", null);
      if (digest !== versionOf(id)) throw changed("another tab has changed this block since", source(id));
      if (text === block(id)!.text) {
        if (edits.get(id)) reset(id);
      } else await put(editOf(id, text as string));
      return {digest: versionOf(id), before: digest, block: source(id)};
    }
  };
}
