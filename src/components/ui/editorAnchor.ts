/** The element of a block of the page. */
export const blockElement = (id: string | undefined): HTMLElement | null =>
  id ? document.querySelector<HTMLElement>(`main [data-block="${id}"]`) : null;

/**
 * Lays an element under a block of the page without being part of the text: the preview counts the children of `<main>`
 * when it updates them. The block keeps room below it; when there is no such block, the element stands at the bottom of
 * the window.
 */
export function anchor(box: HTMLElement, id: string | undefined): {to(id: string | undefined): void; remove(): void} {
  let target = id;
  const room = document.createElement("style");
  document.head.append(room);
  document.body.append(box);
  const lay = () => {
    if (box.matches(":active")) return; // what is pressed stays under the pointer, or the press would be lost
    const block = blockElement(target);
    box.classList.toggle("editor-docked", !block);
    if (!block) return void (room.textContent = "");
    const rule = `main [data-block="${target}"] { margin-bottom: ${Math.ceil(box.offsetHeight + 24)}px !important; }`;
    if (room.textContent !== rule) room.textContent = rule;
    const [main, own] = [document.querySelector("main")!.getBoundingClientRect(), block.getBoundingClientRect()];
    box.style.left = `${main.left + scrollX}px`;
    box.style.width = `${main.width}px`;
    box.style.top = `${own.bottom + scrollY + 8}px`;
  };
  const sizes = new ResizeObserver(lay);
  sizes.observe(box);
  sizes.observe(document.querySelector("main")!);
  const released = () => setTimeout(lay); // after the click that the release makes
  addEventListener("pointerup", released);
  const changes = new MutationObserver(lay);
  changes.observe(document.querySelector("main")!, {childList: true});
  lay();
  return {
    to(id) {
      target = id;
      lay();
    },
    remove() {
      sizes.disconnect();
      changes.disconnect();
      removeEventListener("pointerup", released);
      room.remove();
      box.remove();
    }
  };
}

/** Puts a button on the upper right corner of a block. */
export function layOver(block: HTMLElement, press: HTMLElement, fromRight = 0): void {
  const {top, right} = block.getBoundingClientRect();
  press.style.top = `${top + scrollY - 12}px`;
  press.style.left = `${right + scrollX - press.offsetWidth - fromRight}px`;
}
