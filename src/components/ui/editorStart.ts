import {blockElement} from "./editorAnchor.js";
import {type Draft, leftDraft} from "./editorDrafts.js";
import type {OpenEditor} from "./editor.js";
import {editedFile, readBlock, type SourceBlock} from "./editorRequests.js";
import {editorStyle} from "./editorStyle.js";
import {button, element} from "./element.js";

type LoadEditor = () => Promise<typeof import("./editor.js")>;

/**
 * Lets the reader edit the page: a button on the block that is pointed at or holds the focus, Alt-E for that block, and
 * Alt with an arrow key from block to block. The editor itself is loaded when it is first used.
 */
export function startEditing(load: LoadEditor): void {
  const file = editedFile();
  if (!file) return;
  document.head.append(element("style", {}, editorStyle));
  let current: HTMLElement | null = null;
  let editor: OpenEditor | null = null;
  const edit = button("Edit", () => current && open(current.dataset.block!), {class: "edit-button", hidden: true});
  const notice = element("p", {class: "editor editor-docked editor-message", role: "alert", hidden: true});
  document.body.append(edit, notice);

  const point = (target: EventTarget | null) => {
    const block = target instanceof Element ? target.closest<HTMLElement>("main [data-block]") : null;
    if (!block || block === current) return;
    current = block;
    const {top, right} = block.getBoundingClientRect();
    edit.hidden = false;
    edit.setAttribute("aria-label", `Edit ${block.textContent?.trim().slice(0, 40) || "this block"}`);
    edit.style.top = `${top + scrollY - 12}px`;
    edit.style.left = `${right + scrollX - edit.offsetWidth}px`;
  };

  async function open(id: string, draft?: Draft): Promise<void> {
    if (editor?.changed()) return editor.cancel();
    editor?.cancel();
    notice.hidden = true;
    try {
      const source: SourceBlock = draft?.block ?? (await readBlock(file!, id));
      const {openEditor} = await load();
      editor = openEditor(source, {draft, closed: () => (editor = null)});
    } catch (error) {
      notice.textContent = (error as Error).message;
      notice.hidden = false;
    }
  }

  document.addEventListener("pointerover", ({target}) => point(target));
  document.addEventListener("focusin", ({target}) => point(target));
  document.addEventListener("keydown", (event) => {
    const {altKey, code, target} = event;
    const onBlock = target instanceof HTMLElement && target.matches("main [data-block]");
    if ((altKey && code === "KeyE" && current) || (onBlock && code === "Enter")) {
      event.preventDefault();
      open((onBlock ? target : current!).dataset.block!);
    } else if (altKey && /^Arrow(Up|Down)$/.test(code) && !editor) {
      event.preventDefault();
      step(code === "ArrowDown" ? 1 : -1);
    }
  });

  const step = (by: number) => {
    const blocks = [...document.querySelectorAll<HTMLElement>("main [data-block]")];
    const i = current?.isConnected ? blocks.indexOf(current) + by : 0;
    const next = blocks[Math.min(Math.max(i, 0), blocks.length - 1)];
    if (!next) return;
    next.tabIndex = -1;
    next.focus();
    next.scrollIntoView({block: "nearest"});
  };

  addEventListener("beforeunload", (event) => editor?.changed() && event.preventDefault());
  leftDraft(file).then(
    (draft) =>
      draft && open(draft.block.place.id ?? "", draft).then(() => blockElement(draft.block.place.id)?.scrollIntoView()),
    () => undefined // the browser keeps nothing, or forbids it: then nothing was left
  );
}
