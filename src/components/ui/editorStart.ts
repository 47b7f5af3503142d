import {blockElement} from "./editorAnchor.js";
import {commandsOf, type Command, pressed} from "./editorCommands.js";
import {type Draft, leftDraft} from "./editorDrafts.js";
import type {OpenEditor} from "./editor.js";
import {openPalette} from "./editorPalette.js";
import {editedFile, readBlock, type SourceBlock} from "./editorRequests.js";
import {editorStyle} from "./editorStyle.js";
import {button, element} from "./element.js";

type LoadEditor = () => Promise<typeof import("./editor.js")>;

/**
 * Lets the reader edit the page: a button on the block that is pointed at or holds the focus, and keys, which the command
 * palette (Alt-P) lists. The editor itself is loaded when it is first used.
 */
export function startEditing(load: LoadEditor): void {
  const file = editedFile();
  if (!file) return;
  document.head.append(element("style", {}, editorStyle));
  let current: HTMLElement | null = null;
  let editor: OpenEditor | null = null;
  const press = button("Edit", () => current && edit(current.dataset.block!), {class: "edit-button", hidden: true});
  const notice = element("p", {class: "editor editor-docked editor-notice", role: "status", hidden: true});
  document.body.append(press, notice);
  const bench = {file, open, edit, step, show, say, palette: () => openPalette(commands, run)};
  const commands = commandsOf(bench);

  function point(target: EventTarget | null): void {
    const block = target instanceof Element ? target.closest<HTMLElement>("main [data-block]") : null;
    if (!block || block === current) return;
    current = block;
    const {top, right} = block.getBoundingClientRect();
    press.hidden = false;
    press.setAttribute("aria-label", `Edit ${block.textContent?.trim().slice(0, 40) || "this block"}`);
    press.style.top = `${top + scrollY - 12}px`;
    press.style.left = `${right + scrollX - press.offsetWidth}px`;
  }

  async function edit(id: string): Promise<void> {
    if (mayOpen()) await open(await readBlock(file!, id));
  }

  async function open(source: SourceBlock, fresh = false, draft?: Draft): Promise<void> {
    if (!mayOpen()) return;
    const {openEditor} = await load();
    if (!mayOpen()) return;
    editor = openEditor(source, {draft, closed: () => (editor = null)});
    if (fresh) editor.selectAll();
  }

  /** Closes an open editor; one with changes asks the reader and stays. */
  function mayOpen(): boolean {
    editor?.cancel();
    return editor === null;
  }

  function run({run}: Command): void {
    const id = current?.isConnected
      ? current.dataset.block!
      : document.querySelector<HTMLElement>("main [data-block]")?.dataset.block;
    notice.hidden = true;
    Promise.resolve(id && run(id)).catch((error: Error) => say(error.message));
  }

  function say(text: string, undo?: () => unknown): void {
    notice.replaceChildren(text, ...(undo ? [" ", button("Undo", () => run({name: "", keys: [], run: undo}))] : []));
    notice.hidden = false;
  }

  function show(id: string | undefined, tries = 50): void {
    const block = blockElement(id);
    if (!block) return void (tries && setTimeout(show, 50, id, tries - 1));
    block.tabIndex = -1;
    block.focus();
    block.scrollIntoView({block: "nearest"});
  }

  function step(by: 1 | -1): void {
    const blocks = [...document.querySelectorAll<HTMLElement>("main [data-block]")];
    const i = current?.isConnected ? blocks.indexOf(current) + by : 0;
    show(blocks[Math.min(Math.max(i, 0), blocks.length - 1)]?.dataset.block);
  }

  document.addEventListener("pointerover", ({target}) => point(target));
  document.addEventListener("focusin", ({target}) => point(target));
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
  leftDraft(file).then(
    (draft) => draft && open(draft.block, false, draft),
    () => undefined // the browser keeps nothing, or forbids it: then nothing was left
  );
}
