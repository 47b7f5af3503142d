import {button, element} from "../element.js";

/** A dialog that is shown at once and goes when it is closed; Escape closes it. */
export function openDialog(label: string, ...content: Node[]): HTMLDialogElement {
  const dialog = element("dialog", {class: "editor-palette edit-dialog", "aria-label": label}, ...content);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Copies a text; where the browser does not allow it, shows the text selected. */
export async function copyText(text: string, what: string, say: (sentence: string) => void): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(`${what} copied.`);
  } catch {
    const area = element("textarea", {rows: 12, "aria-label": what, readonly: true});
    area.value = text;
    const dialog = openDialog(
      what,
      element("p", {}, `${what}: copy it from here.`),
      area,
      button("Close", () => dialog.close())
    );
    area.select();
  }
}
