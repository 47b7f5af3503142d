import {blockElement} from "./editorAnchor.js";

/**
 * Gives the focus back to a block that an update of the page took out and put in anew, where it stood or elsewhere:
 * the next key is still meant for it. A reader who has clicked elsewhere is left there.
 */
export function keepFocus(show: (id: string) => void): void {
  let held: HTMLElement | null = null;
  document.addEventListener("pointerdown", () => (held = null));
  document.addEventListener("focusin", ({target}) => {
    held = target instanceof HTMLElement && target.matches("main [data-block]") ? target : null;
  });
  new MutationObserver(() => {
    if (!held || held.isConnected || document.activeElement !== document.body) return;
    const {block} = held.dataset;
    if (blockElement(block)) show(block!);
  }).observe(document.querySelector("main")!, {childList: true});
}

/** The block that holds the focus: keys act on it, wherever the pointer rests. */
export const focused = (): HTMLElement | null =>
  document.activeElement?.closest<HTMLElement>("main [data-block]") ?? null;

/** A block as the page has it now, when an update has made its element anew. */
export const renewed = (block: HTMLElement | null): HTMLElement | null =>
  !block || block.isConnected ? block : blockElement(block.dataset.block);
