import {EditError} from "../editorStore.js";
import type {PublishedBlock} from "./pageSource.js";

/** What a reader made of a published block. */
export interface ReaderEdit {
  /** The block's id when it was changed: a digest of its Markdown. */
  id: string;
  kind: PublishedBlock["kind"];
  language: string;
  /** The published text then, and the reader's. */
  was: string;
  text: string;
  /** The blocks around it then. */
  above: string | null;
  below: string | null;
  /** Milliseconds since 1970. */
  time: number;
  /** The reader's own earlier text, when a link's took its place. */
  earlier?: string;
}

/** A reader's edits of one page, in this browser. */
export interface ReaderEdits {
  all(): ReaderEdit[];
  get(id: string): ReaderEdit | undefined;
  /** Keeps an edit. @throws EditError (507), a sentence, if it lasts only until the page is left. */
  put(edit: ReaderEdit): void;
  remove(id: string): void;
  /** Calls back when another tab has changed an edit of this page. */
  watch(changed: () => void): void;
  /** What is stored and cannot be read: the text as it stands, and its name. */
  damaged(): {key: string; raw: string}[];
  forget(key: string): void;
}

/** Names in the browser's storage begin so; the site's root is part of them, for several sites may share an origin. */
export const prefixOf = (root: URL, file: string): string => `edit:${root.pathname}${file}:`;

/**
 * Edits in localStorage, one entry a block. Not IndexedDB: a page without edits learns so in a line of script before it
 * loads anything, an edit is kept before the next line runs, and two tabs never write one entry for different blocks.
 */
export function readerEdits(prefix: string): ReaderEdits {
  const unkept = new Map<string, ReaderEdit>(); // what the browser refused, until the page is left

  function stored(): {key: string; raw: string}[] {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
      return keys.map((key) => ({key, raw: localStorage.getItem(key) ?? ""}));
    } catch {
      return []; // forbidden
    }
  }
  const get = (id: string) => unkept.get(id) ?? all().find((edit) => edit.id === id);
  function all(): ReaderEdit[] {
    const read = stored().flatMap(({key, raw}) => parseEdit(raw, key.slice(prefix.length)) ?? []);
    return [...read.filter(({id}) => !unkept.has(id)), ...unkept.values()];
  }
  function forget(key: string): void {
    try {
      localStorage.removeItem(key);
    } catch {
      return; // forbidden: then it is not there either
    }
  }

  return {
    ...{all, get, forget},
    put(edit) {
      try {
        localStorage.setItem(prefix + edit.id, JSON.stringify(edit));
        unkept.delete(edit.id);
      } catch (error) {
        unkept.set(edit.id, edit);
        const full = (error as Error).name === "QuotaExceededError";
        const why = full ? "its storage for this site is full" : "it keeps nothing for this site";
        throw new EditError(`the browser did not keep the change, ${why}: it lasts until the page is left`, 507);
      }
    },
    remove(id) {
      unkept.delete(id);
      forget(prefix + id);
    },
    watch(changed) {
      addEventListener("storage", ({key}) => (key === null || key.startsWith(prefix)) && changed());
    },
    damaged: () => stored().filter(({key, raw}) => !parseEdit(raw, key.slice(prefix.length)))
  };
}

const kinds = ["cell", "listing", "mathematics", "table", "container", "prose"]; // what a reader can change

/** An edit as it is stored or comes by a link, or null if it is none. */
export function parseEdit(raw: string, id?: string): ReaderEdit | null {
  let edit: ReaderEdit;
  try {
    edit = JSON.parse(raw);
  } catch {
    return null;
  }
  if (typeof edit !== "object" || edit === null) return null;
  const texts = [edit.id, edit.language, edit.was, edit.text];
  const sound = texts.every((text) => typeof text === "string") && /^[0-9a-f]{12}(-\d+)?$/.test(edit.id);
  const around = [edit.above, edit.below].every((other) => other === null || typeof other === "string");
  if (!sound || !around || !kinds.includes(edit.kind) || !Number.isFinite(edit.time)) return null;
  if (edit.earlier !== undefined && typeof edit.earlier !== "string") return null;
  return id === undefined || edit.id === id ? edit : null;
}
