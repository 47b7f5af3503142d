import {blockElement, layOver} from "./editorAnchor.js";
import {type Bench, type Command, pressed} from "./editorCommands.js";
import {type Draft, leftDrafts, ownDraft} from "./editorDrafts.js";
import type {EditorOptions, OpenEditor} from "./editor.js";
import {focused, keepFocus, renewed} from "./editorFocus.js";
import {openPalette} from "./editorPalette.js";
import type {EditStore, SourceBlock} from "./editorStore.js";
import {editorStyle} from "./editorStyle.js";
import {button, element} from "./element.js";

/** Opens an editor on a block; store and language are the place's own. */
export type OpenBlock = (block: SourceBlock, options: Omit<EditorOptions, "store" | "language" | "help">) => OpenEditor;

/** A place where pages are edited: the preview, or the published site. */
export interface Desk {
  /** The page's file below `src/`. */
  file: string;
  read: EditStore["read"];
  /** Loads the editor, when it is first used. */
  load(block: SourceBlock): Promise<{openEditor: OpenBlock}>;
  commands(bench: Bench): Command[];
  /** Whether the components that a page lists can be edited too. */
  files: boolean;
}

/**
 * Lets the reader edit the page: a button on the block that is pointed at or holds the focus, and keys, which the command
 * palette (Alt-P) lists. The editor itself is loaded when it is first used.
 */
export function startEditing({file, files, read, load, commands: commandsOf}: Desk): Bench {
  document.head.append(element("style", {}, editorStyle));
  let current: HTMLElement | null = null;
  let editor: OpenEditor | null = null;
  const press = button("Edit", () => current && edit(current.dataset.block!), {class: "edit-button", hidden: true});
  const notice = element("p", {class: "editor editor-docked editor-notice", role: "status", hidden: true});
  let awaited: string | undefined; // a block that was saved and is not on the page yet
  let turn = 0; // a reader who goes elsewhere meanwhile is not called back to it
  let listing: HTMLElement | null = null;
  const pressFile = button("Edit file", () => run({name: "", keys: [], run: editFile}), {
    class: "edit-button",
    hidden: true
  });
  document.body.append(press, pressFile, notice);
  const bench: Bench = {file, open, edit, editFile, step, show, say, palette: () => openPalette(commands, run)};
  const commands = commandsOf(bench);

  function point(target: EventTarget | null): void {
    const block = target instanceof Element ? target.closest<HTMLElement>("main [data-block]") : null;
    if (!block) return;
    listing = !files ? null : (target as Element).closest<HTMLElement>("[data-source^='components/']");
    pressFile.hidden = !listing;
    if (listing) {
      pressFile.setAttribute("aria-label", `Edit the file src/${listing.dataset.source}`);
      layOver(listing, pressFile, 80);
    }
    if (block === current) return;
    current = block;
    awaited = undefined;
    press.hidden = false;
    press.setAttribute("aria-label", `Edit ${block.textContent?.trim().slice(0, 40) || "this block"}`);
    layOver(block, press);
  }

  async function editFile(): Promise<void> {
    const name = listing?.dataset.source;
    if (!name) return say("Point at a listing of a component first.");
    if (mayOpen()) await open(await read(name));
  }

  async function edit(id: string): Promise<void> {
    if (mayOpen()) await open(await read(file, id));
  }

  /** False if another editor is open and has changes. */
  async function open(source: SourceBlock, fresh = false, draft?: Draft): Promise<boolean> {
    if (!mayOpen()) return false;
    const {openEditor} = await load(source);
    if (!mayOpen()) return false;
    editor = openEditor(source, {draft, closed, saved: refresh});
    if (fresh) editor.selectAll();
    return true;
  }

  function closed(id: string | undefined): void {
    editor = null;
    show(id);
  }

  /** Closes an open editor; one with changes asks the reader and stays. */
  function mayOpen(): boolean {
    editor?.cancel();
    return editor === null;
  }

  function run({run}: Command): void {
    const first = document.querySelector<HTMLElement>("main [data-block]")?.dataset.block;
    const id = focused()?.dataset.block ?? awaited ?? renewed(current)?.dataset.block ?? first;
    notice.hidden = true;
    Promise.resolve()
      .then(() => run(id ?? ""))
      .catch((error: Error) => say(error.message));
  }

  function say(text: string, undo?: () => unknown): void {
    notice.replaceChildren(text, ...(undo ? [" ", button("Undo", () => run({name: "", keys: [], run: undo}))] : []));
    notice.hidden = false;
  }

  function show(id: string | undefined, tries = 60): void {
    const block = blockElement(id);
    if (editor) return;
    awaited = block || !tries ? undefined : id;
    const then = turn;
    if (!block) return void (awaited && setTimeout(() => then === turn && show(id, tries - 1), 50));
    block.tabIndex = -1;
    block.focus();
    block.scrollIntoView({block: "nearest"});
  }

  function step(by: 1 | -1): void {
    const blocks = [...document.querySelectorAll<HTMLElement>("main > [data-block]")];
    const at = focused() ?? renewed(current);
    const i = at ? blocks.indexOf(at) + by : 0;
    show(blocks[Math.min(Math.max(i, 0), blocks.length - 1)]?.dataset.block);
  }

  keepFocus(show);
  document.addEventListener("pointerover", ({target}) => point(target));
  document.addEventListener("focusin", ({target}) => {
    ++turn;
    awaited = undefined;
    point(target);
  });
  document.addEventListener("keydown", (event) => {
    const {target} = event;
    if (!(target instanceof HTMLElement) || target.closest(".editor, .editor-palette")) return;
    const onBlock = target.matches("main [data-block]");
    const key = pressed(event);
    const command = commands.find(({keys}) => keys.includes(key));
    if (!command || event.repeat || !(onBlock || key.startsWith("Alt+"))) return;
    event.preventDefault();
    run(command);
  });
  addEventListener("beforeunload", (event) => editor?.changed() && event.preventDefault());
  const nothing = () => undefined; // the browser keeps nothing, or forbids it: then nothing was left
  ownDraft(file).then((draft) => draft && open(draft.block, false, draft), nothing);
  leftDrafts(file).then(async (drafts) => {
    if (!drafts.length) return;
    const {offerDrafts} = await import("./editorLeft.js");
    offerDrafts(drafts, {read, open: (draft) => open(draft.block, false, draft)});
  }, nothing);
  return bench;
}

/** Lets the listings of a file that was saved be read anew. */
function refresh(file: string): void {
  for (const listing of document.querySelectorAll(`[data-source="${CSS.escape(file)}"]`))
    listing.dispatchEvent(new Event("source-saved"));
}
