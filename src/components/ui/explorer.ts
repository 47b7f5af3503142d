import {button, element} from "./element.js";
import {type Input, slider, withValue} from "./choice.js";

/** One quantity that a reader may move. */
export interface Quantity {
  label: string;
  range: [min: number, max: number];
  value: number;
  step: number;
}

/**
 * Several named sliders as one input: `view(explorer({mean: {…}, deviation: {…}}))` gives `{mean, deviation}`. "Reset" puts
 * all of them back.
 */
export function explorer<K extends string>(quantities: Record<K, Quantity>): Input<Record<K, number>> {
  const names = Object.keys(quantities) as K[];
  const make = () => names.map((name) => slider(quantities[name].label, quantities[name].range, quantities[name]));
  let sliders = make();
  const list = element("div", {}, ...sliders);
  const reset = button("Reset", () => {
    sliders = make();
    list.replaceChildren(...sliders);
    root.dispatchEvent(new Event("input", {bubbles: true}));
  });
  const root = element("div", {class: "explorer"}, list, element("div", {class: "choice"}, reset));
  const values = () => Object.fromEntries(names.map((name, i) => [name, sliders[i].value])) as Record<K, number>;
  return withValue(root, values);
}
