import type {SourceBlock} from "./editorStore.js";

/** Unsaved text of an editor: what was read, and what was made of it. */
export interface Draft {
  block: SourceBlock;
  text: string;
  /** When it was last typed in, in milliseconds since 1970. */
  time: number;
}

const prefix = "edit-draft:";
const page = globalThis as {editTab?: Promise<string>}; // the page's two scripts, each with this module, are one tab

/**
 * This tab's own name: it outlives a reload and is no other tab's, also not of one that was made as this one's copy. A
 * tab holds a lock of its name while it lives, so that what a tab that was closed left behind can be told.
 */
function tabName(): Promise<string> {
  return (page.editTab ??= ownName());
}

async function ownName(): Promise<string> {
  const stored = sessionStorage.getItem("edit-tab");
  if (stored && (await claim(stored))) return stored;
  const name = crypto.getRandomValues(new Uint32Array(4)).join("-"); // which, unlike randomUUID, needs no https
  await claim(name);
  sessionStorage.setItem("edit-tab", name);
  return name;
}

/** Holds the lock of a tab's name until the page is left; false if another tab holds it. */
function claim(name: string): Promise<boolean> {
  if (!("locks" in navigator)) return Promise.resolve(true); // a site without https: two tabs may share a name there
  return new Promise((resolve) => {
    navigator.locks.request(prefix + name, {ifAvailable: true}, (lock) => {
      resolve(lock !== null);
      return lock ? new Promise(() => undefined) : undefined;
    });
  });
}

/** Keeps the text of this tab's editor, at once: a reload in the next moment finds it. */
export async function keepDraft(draft: Draft): Promise<void> {
  localStorage.setItem(`${prefix}${await tabName()}`, JSON.stringify(draft));
}

/** Forgets the text of this tab's editor: it was saved, or the reader said so. */
export async function dropDraft(): Promise<void> {
  localStorage.removeItem(`${prefix}${await tabName()}`);
}

/** The unsaved text that this tab left on a page or a component when it was reloaded. */
export async function ownDraft(file: string): Promise<Draft | null> {
  const draft = read(`${prefix}${await tabName()}`);
  return draft && belongs(draft, file) ? draft : null;
}

/** A text that a tab which is closed left unsaved. */
export interface LeftDraft extends Draft {
  /** Forgets it: the reader has thrown it away, or goes on with it here. */
  forget(): void;
}

/** What tabs that are closed left on a page, and on components, the newest first. No other tab offers it meanwhile. */
export async function leftDrafts(file: string): Promise<LeftDraft[]> {
  const own = `${prefix}${await tabName()}`;
  const left: LeftDraft[] = [];
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(prefix) || key === own) continue;
    const draft = read(key);
    if (!draft || !belongs(draft, file) || !(await claim(key.slice(prefix.length)))) continue;
    left.push({...draft, forget: () => localStorage.removeItem(key)});
  }
  return left.sort((a, b) => b.time - a.time);
}

const read = (key: string) => JSON.parse(localStorage.getItem(key) ?? "null") as Draft | null;
const belongs = ({block}: Draft, file: string) => block.file === file || block.kind === "component";
