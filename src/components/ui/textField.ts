import type {Input} from "./choice.js";
import {element} from "./element.js";

let count = 0;

/** A line of text for `view()`; its value follows every key. */
export function textField(label: string, value: string): Input<string> {
  const id = `text-field-${++count}`;
  const input = element("input", {id, type: "text", value, autocomplete: "off", autocapitalize: "off", spellcheck: "false"}); // prettier-ignore
  const root = element("div", {class: "choice"}, element("label", {for: id}, label), input);
  return Object.defineProperty(root, "value", {get: () => input.value}) as unknown as Input<string>;
}
