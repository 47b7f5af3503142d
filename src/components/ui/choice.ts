import {button, element} from "./element.js";

/** An input for `view()`: its value, and an `input` event when the reader changed it. */
export type Input<T> = HTMLElement & {readonly value: T};

let count = 0;

/** One of a few options, all in sight. */
export function radio<T extends string | number>(label: string, options: readonly T[], value: T): Input<T> {
  const name = `choice-${++count}`;
  const boxes = options.map((option) => element("input", {type: "radio", name, checked: option === value}));
  const rows = boxes.map((box, i) => element("label", {}, box, String(options[i])));
  const group = element("div", {role: "radiogroup", "aria-labelledby": name}, ...rows);
  const root = element("div", {class: "choice"}, element("span", {id: name}, label), group);
  return withValue(root, () => options[boxes.findIndex(({checked}) => checked)]);
}

/** One of many options, in a list that opens. */
export function menu(label: string, options: readonly string[], value: string): Input<string> {
  const id = `choice-${++count}`;
  const list = element("select", {id}, ...options.map((name) => element("option", {selected: name === value}, name)));
  return withValue(
    element("div", {class: "choice"}, element("label", {for: id}, label), list),
    () => options[list.selectedIndex]
  );
}

/** A number on a slider, with the number beside it. */
export function slider(
  label: string,
  [min, max]: [number, number],
  {value, step}: {value: number; step: number}
): Input<number> {
  const id = `choice-${++count}`;
  const range = element("input", {type: "range", id, min, max, step, value});
  const shown = element("output", {for: id}, String(value));
  range.addEventListener("input", () => (shown.value = range.value));
  return withValue(
    element("div", {class: "choice"}, element("label", {for: id}, label), range, shown),
    () => range.valueAsNumber
  );
}

/** Buttons that change a value, each in its own way: `[["More", (n) => n + 1], ["Stop", () => 0]]`. */
export function buttons<T>(
  actions: [text: string, act: (value: T) => T][],
  value: T,
  {disabled = false} = {}
): Input<T> {
  const list = actions.map(([text, act]) =>
    button(
      text,
      () => {
        value = act(value);
        root.dispatchEvent(new Event("input", {bubbles: true}));
      },
      {disabled}
    )
  );
  const root = element("div", {class: "choice"}, ...list);
  return withValue(root, () => value);
}

/** An element as an input whose value is read when it is asked for. */
export const withValue = <T>(root: HTMLElement, get: () => T): Input<T> =>
  Object.defineProperty(root, "value", {get}) as Input<T>;
