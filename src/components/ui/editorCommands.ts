import {newNotebook, previewStore} from "./editorRequests.js";
import type {SaveAnswer, SourceBlock} from "./editorStore.js";

/** What can be done to the block that is pointed at or holds the focus. */
export interface Command {
  name: string;
  /** `Alt+KeyE` anywhere; a key without Alt or Ctrl only while a block has the focus. By the keys' places. */
  keys: string[];
  run(id: string): unknown;
}

/** What the commands need of the page. */
export interface Bench {
  file: string;
  /** Opens an editor on a block that was read or made; `fresh` selects its text. */
  open(block: SourceBlock, fresh?: boolean): unknown;
  edit(id: string): void;
  /** Opens the component of the listing that is pointed at or holds the focus. */
  editFile(): unknown;
  /** Goes to the next block, or to the one before. */
  step(by: 1 | -1): void;
  /** Puts the focus on a block as soon as the page shows it. */
  show(id: string | undefined): void;
  say(text: string, undo?: () => unknown): void;
  palette(): void;
}

const texts = {cell: "```ts\n```", text: "New text."};

/** What all cells of the page can be told, in the preview and on the published site. */
export const cellCommands: Command[] = [
  {name: "Run stale cells", keys: ["Alt+KeyR"], run: () => document.dispatchEvent(new Event("cells-run"))},
  {name: "Stop all", keys: ["Alt+KeyS"], run: () => document.dispatchEvent(new Event("cells-stop"))}
];

/** Every command of the preview, with its keys. */
export function commandsOf(bench: Bench): Command[] {
  const {file, open, say, show, step} = bench;
  const done: SaveAnswer[] = [];

  async function change(id: string, edit: Record<string, unknown>): Promise<SaveAnswer> {
    const {place} = await previewStore.read(file, id);
    const answer = await previewStore.save({file, place, ...edit});
    done.push(answer);
    return answer;
  }
  const insert = (where: "above" | "below", what: "cell" | "text") => async (id: string) => {
    const {block} = await change(id, {do: "insert", where, text: texts[what]});
    if (block) open(block, true);
  };
  const move = (direction: "up" | "down") => async (id: string) =>
    show((await change(id, {do: direction})).block?.place.id);
  const ask = async (id: string) => {
    const {block, asks} = await change(id, {do: "ask"});
    say(asks ? "The cell waits until it is asked to run." : "The cell runs by itself.", undo);
    show(block?.place.id);
  };
  const undo = async () => {
    const last = done.pop();
    if (!last) return say("Nothing to take back.");
    await previewStore.save({do: "restore", file, digest: last.digest, version: last.before});
    say("Taken back.");
  };

  const notebook = async () => {
    const name = prompt("Name of the new notebook, like week2/my-notebook");
    if (name) location.href = `/${(await newNotebook(name)).replace(/\.md$/, "")}`;
  };

  return [
    {name: "Edit", keys: ["Alt+KeyE", "Enter"], run: bench.edit},
    {name: "Edit the file of this listing", keys: ["Alt+Shift+KeyE"], run: bench.editFile},
    {name: "New cell above", keys: ["KeyA"], run: insert("above", "cell")},
    {name: "New cell below", keys: ["KeyB"], run: insert("below", "cell")},
    {name: "New text above", keys: ["Shift+KeyA"], run: insert("above", "text")},
    {name: "New text below", keys: ["Shift+KeyB"], run: insert("below", "text")},
    {name: "Move up", keys: ["Alt+Shift+ArrowUp"], run: move("up")},
    {name: "Move down", keys: ["Alt+Shift+ArrowDown"], run: move("down")},
    {name: "Duplicate", keys: ["KeyD"], run: async (id) => show((await change(id, {do: "duplicate"})).block?.place.id)},
    {
      name: "Delete",
      keys: ["Delete"],
      run: async (id) => {
        await change(id, {do: "delete"});
        say("The block was deleted.", undo);
      }
    },
    {name: "Take the last of these back", keys: ["Mod+KeyZ"], run: undo},
    {name: "Ask before running this cell, or no more", keys: [], run: ask},
    {name: "Go to the next block", keys: ["Alt+ArrowDown"], run: () => step(1)},
    {name: "Go to the block before", keys: ["Alt+ArrowUp"], run: () => step(-1)},
    ...cellCommands,
    {name: "New notebook", keys: [], run: notebook},
    {name: "All commands", keys: ["Alt+KeyP"], run: bench.palette}
  ];
}

/** The keys that were pressed, written as commands write them. */
export function pressed({altKey, ctrlKey, metaKey, shiftKey, code}: KeyboardEvent): string {
  const modifiers = [ctrlKey || metaKey ? "Mod+" : "", altKey ? "Alt+" : "", shiftKey ? "Shift+" : ""];
  return modifiers.join("") + code;
}

/** Keys as a reader finds them on the keyboard. */
export const keyNames = (keys: string[]): string =>
  keys
    .map((key) => key.replace("Key", "").replace("ArrowUp", "↑").replace("ArrowDown", "↓").replace("Mod", "Ctrl"))
    .join(" or ");
