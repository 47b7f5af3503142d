import type {Compute} from "../train/compute.js";
import {element} from "./element.js";
import {exportFile, importFile} from "./trainerFiles.js";
import {offers, place, type Offer, type Page} from "./trainerOffers.js";
import {steadyButton, trainerRow, type Row} from "./trainerRow.js";
import {live, type TrainerState, type Values} from "./trainerState.js";

/** What the list asks of its panel. */
export interface Asks {
  /** Goes on with the run, with the inputs at its configuration or at a gentler one; not without values. */
  choose(offer: Offer, values: Values | null): void;
  /** News for the reader, and what went wrong. */
  tell(text: string): void;
  refuse(error: unknown): void;
}

export type Keeps = Pick<Compute, "checkpoints" | "forget" | "exportCheckpoint" | "importCheckpoint">;

/** What the browser keeps of this page's runs: each with its buttons, and the way in for a file. */
export function trainerCheckpoints(compute: Keeps, page: Page, asks: Asks) {
  const list = element("ul", {hidden: true});
  const rows = new Map<string, Row>();
  let busy = false;
  const attempt = (work: () => Promise<string>) => void work().then(asks.tell).then(refresh).catch(asks.refuse);
  const acts = {
    choose: asks.choose,
    save: (offer: Offer) => attempt(async () => `Saved as ${await exportFile(compute, page.name, offer)}.`),
    forget: (offer: Offer) => attempt(() => compute.forget(offer.key).then(() => `Forgot ${place(offer)}.`))
  };
  const open = fileButton((file) =>
    attempt(() => importFile(compute, page.module, file).then(() => `Imported ${file.name}.`))
  );

  async function refresh(): Promise<void> {
    const current = offers(await compute.checkpoints(), page);
    for (const key of rows.keys()) if (!current.some((offer) => offer.key === key)) remove(key);
    current.forEach((offer, i) => {
      const row = rows.get(offer.key) ?? trainerRow(acts);
      rows.set(offer.key, row);
      row.show(offer, busy);
      if (list.children[i] !== row.element) list.insertBefore(row.element, list.children[i] ?? null);
    });
    list.hidden = current.length === 0;
  }

  function remove(key: string): void {
    const row = rows.get(key)!;
    const focused = row.element.contains(document.activeElement);
    row.element.remove();
    rows.delete(key);
    if (focused) (list.querySelector("button") ?? open.querySelector("button"))?.focus();
  }

  return {
    element: element("section", {class: "trainer-checkpoints", "aria-label": "Checkpoints"}, list, open),
    /** Reads what is kept. Rows stay by key, so that the list may change while one of its buttons has the focus. */
    refresh: () => void refresh().catch(asks.refuse),
    /** While a run goes on nothing can be chosen or forgotten. */
    show(state: TrainerState): void {
      if (live(state) === busy) return;
      busy = live(state);
      for (const row of rows.values()) row.busy(busy);
    }
  };
}

function fileButton(chosen: (file: File) => void): HTMLElement {
  const file = element("input", {type: "file", accept: ".safetensors", hidden: true});
  file.addEventListener("change", () => {
    const [first] = file.files ?? [];
    file.value = ""; // so that the same file can be chosen again
    if (first) chosen(first);
  });
  return element(
    "div",
    {class: "trainer-import"},
    steadyButton("Import a .safetensors file", () => file.click()),
    file
  );
}
