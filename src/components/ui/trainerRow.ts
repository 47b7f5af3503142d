import {button, element} from "./element.js";
import {place, type Offer} from "./trainerOffers.js";
import type {Values} from "./trainerState.js";

export interface RowActs {
  choose(offer: Offer, values: Values | null): void;
  save(offer: Offer): void;
  forget(offer: Offer): void;
}

export interface Row {
  element: HTMLElement;
  show(offer: Offer, busy: boolean): void;
  busy(is: boolean): void;
}

/** One kept checkpoint: what it is, and what can be done with it. */
export function trainerRow(acts: RowActs): Row {
  let offer: Offer;
  const text = element("span");
  const choose = steadyButton("", () => acts.choose(offer, offer.values));
  const lower = steadyButton("", () => acts.choose(offer, offer.gentler?.values ?? null));
  const save = steadyButton("Export", () => acts.save(offer));
  const forget = steadyButton("Forget", () => acts.forget(offer));
  const root = element("li", {}, choose, lower, text, element("div", {}, save, forget));
  const busy = (is: boolean) => {
    turnOff(choose, is || offer.values === null);
    turnOff(lower, is);
    turnOff(forget, is);
  };
  return {
    element: root,
    busy,
    show(next, is) {
      offer = next;
      root.dataset.key = offer.key;
      choose.textContent = offer.finished ? `Show the result of ${place(offer)}` : `Resume from ${place(offer)}`;
      lower.hidden = offer.gentler === null;
      lower.textContent = `Resume from ${place(offer)} with ${offer.gentler?.text}`;
      save.setAttribute("aria-label", `Export ${place(offer)} as a .safetensors file`);
      forget.setAttribute("aria-label", `Forget ${place(offer)}`);
      text.textContent = offer.text;
      busy(is);
    }
  };
}

/** A button that is off by `aria-disabled` when there is nothing to press it for: it keeps its place and the focus. */
export function steadyButton(text: string, pressed: () => void): HTMLButtonElement {
  const root = button(text, () => root.getAttribute("aria-disabled") === "true" || pressed());
  return root;
}

/** Turns a steady button off, or on again. */
export const turnOff = (root: HTMLElement, is: boolean): void => root.setAttribute("aria-disabled", String(is));
