import {type Bench, cellCommands, type Command} from "../editorCommands.js";
import {copyText} from "./dialog.js";
import {pack} from "./link.js";
import {markdownOf} from "./pageSource.js";
import type {Session} from "./session.js";

/** What a reader can do to a published page. */
export interface ReaderActions {
  undo(): Promise<void>;
  reset(id: string): void;
  resetPage(): void;
  showDifferences(): Promise<void>;
  copyMarkdown(): Promise<void>;
  copyLink(): Promise<void>;
}

/** The actions of a session; `drawn` is called when what is shown has changed. */
export function actionsOf(session: Session, bench: () => Bench, drawn: () => void): ReaderActions {
  const {edits, page} = session;
  const say = (text: string, undo?: () => unknown) => bench().say(text, undo);
  const undo = async () => {
    const changed = await session.undo().finally(drawn);
    say(changed ? "Taken back." : "Nothing to take back.");
  };

  return {
    undo,
    reset(id) {
      if (!edits.get(id)) return say("You have not changed this block.");
      session.reset(id);
      drawn();
      say("The published block is back.", undo);
    },
    resetPage() {
      const all = edits.all();
      for (const {id} of all) session.reset(id);
      drawn();
      say(all.length ? "The published page is back." : "You have not changed this page.", async () => {
        for (const _ of all) await session.undo();
        drawn();
      });
    },
    async showDifferences() {
      const all = edits.all();
      if (!all.length) return say("You have not changed this page.");
      (await import("./dialogs.js")).showDifferences(all);
    },
    copyMarkdown() {
      const places = page.blocks.map(({id}, i) => [i, edits.get(id)?.text] as const);
      const texts = new Map(places.filter((place): place is readonly [number, string] => place[1] !== undefined));
      return copyText(markdownOf(page, texts), "The page as Markdown", say);
    },
    async copyLink() {
      const all = edits.all();
      if (!all.length) return say("You have not changed this page.");
      const address = location.href.split("#")[0] + (await pack({file: page.file, edits: all}));
      await copyText(address, "A link with your changes", say);
    }
  };
}

/** The commands of the published site, with their keys. */
export function readerCommands({edit, step, palette}: Bench, actions: ReaderActions): Command[] {
  return [
    {name: "Edit", keys: ["Alt+KeyE", "Enter"], run: edit},
    {name: "Reset this block", keys: ["Alt+Shift+KeyR"], run: actions.reset},
    {name: "Show your changes of this page", keys: ["Alt+Shift+KeyC"], run: actions.showDifferences},
    {name: "Copy the page as Markdown", keys: [], run: actions.copyMarkdown},
    {name: "Copy a link with your changes", keys: [], run: actions.copyLink},
    {name: "Reset the page", keys: [], run: actions.resetPage},
    {name: "Take the last change back", keys: ["Mod+KeyZ"], run: actions.undo},
    {name: "Go to the next block", keys: ["Alt+ArrowDown"], run: () => step(1)},
    {name: "Go to the block before", keys: ["Alt+ArrowUp"], run: () => step(-1)},
    ...cellCommands,
    {name: "All commands", keys: ["Alt+KeyP"], run: palette}
  ];
}
