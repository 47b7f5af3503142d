import {blockElement} from "../editorAnchor.js";
import {button, element} from "../element.js";

/** What can be done at a place: the words on a button, and what it does. */
export type Offer = [name: string, run: () => unknown];

/** Bars above the blocks that are changed, and one for the page. */
export interface Marks {
  /** Takes all bars away. */
  clear(): void;
  /** A bar above a block; false if the page has no such block. */
  above(id: string, text: string, offers: Offer[]): boolean;
  /** The bar of the page, one sentence a line; none when there are no lines. */
  page(lines: {text: string; offers: Offer[]}[]): void;
}

/** Draws the bars. What fails when an offer is taken is said. */
export function marksOn(say: (text: string) => void): Marks {
  const panel = element("section", {
    class: "editor editor-docked edit-summary",
    "aria-label": "Your changes",
    hidden: true
  });
  document.body.append(panel);
  const buttons = (offers: Offer[]) =>
    offers.map(([name, run]) =>
      button(name, () => {
        Promise.resolve()
          .then(run)
          .catch((error: Error) => say(error.message));
      })
    );
  return {
    clear() {
      for (const bar of document.querySelectorAll(".edit-mark")) bar.remove();
    },
    above(id, text, offers) {
      const block = blockElement(id);
      const bar = element("div", {class: "edit-mark", role: "group", "aria-label": text}, text, ...buttons(offers));
      block?.before(bar);
      return block !== null;
    },
    page(lines) {
      const shown = lines.map(({text, offers}) =>
        element("div", {class: "editor-bar"}, element("span", {class: "editor-name"}, text), ...buttons(offers))
      );
      panel.replaceChildren(...shown);
      panel.hidden = !lines.length;
    }
  };
}

/** How the bars look; added to the page with them. */
export const marksStyle = `
.edit-mark { display: flex; flex-wrap: wrap; gap: 8px; align-items: baseline; margin: 1rem 0 2px; padding: 0 8px;
  font: 12px/1.6 var(--sans-serif); color: var(--theme-foreground-muted); border-left: 3px solid var(--theme-foreground-focus); }
.edit-mark button { font: inherit; padding: 0 6px; }
[data-edited] { border-left: 3px solid var(--theme-foreground-focus); padding-left: 8px; }
.edit-summary { max-height: 40vh; width: fit-content !important; max-width: calc(100vw - 2rem); right: auto; }
.edit-summary .editor-name { flex: 1 1 14rem; }
.edit-dialog { width: min(56rem, 92vw); max-height: 86vh; overflow: auto; }
.edit-dialog h2 { font: 600 18px/1.4 var(--sans-serif); margin: 0 0 8px; }
.edit-dialog h3 { font: 600 14px/1.4 var(--sans-serif); margin: 12px 0 4px; }
.edit-dialog textarea { width: 100%; box-sizing: border-box; font: var(--monospace-font); }
.edit-dialog p, .edit-dialog h2, .edit-dialog h3 { max-width: none; }
.edit-difference { font: var(--monospace-font); white-space: pre-wrap; overflow-wrap: anywhere; max-height: 40vh; overflow: auto;
  margin: 0 0 8px; padding: 8px; max-width: none; background: var(--theme-background-alt); }
.edit-difference ins { background: var(--tint-pass, #2da44e33); text-decoration: none; }
.edit-difference del { background: var(--tint-warn, #cf222e33); text-decoration: none; }
@media print { .edit-summary, .edit-mark button { display: none; } }
`;
