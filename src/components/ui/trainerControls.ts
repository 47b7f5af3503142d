import {element} from "./element.js";
import {same, type Values} from "./trainerState.js";
import type {RunSpec} from "../train/protocol.js";

/** A hyper-parameter: one of some options, or a number from `min` to `max`. */
export type Control =
  | {label: string; value: string | number; options: (string | number)[]}
  | {label: string; value: number; min: number; max: number; step: number};

/** A panel's hyper-parameters. A name is the field of the run it sets: of its config, its schedule, or itself. */
export type Controls = Record<string, Control>;

/** The values that the controls begin with. */
export const defaults = (controls: Controls): Values =>
  Object.fromEntries(Object.entries(controls).map(([name, {value}]) => [name, value]));

/** The control's value that a text stands for, or null where it stands for none. */
export function parse(control: Control, text: string): number | string | null {
  if ("options" in control) return control.options.find((option) => String(option) === text) ?? null;
  const {min, max, step} = control;
  const number = text.trim() === "" ? NaN : Number(text);
  const steps = (number - min) / step;
  return number >= min && number <= max && Math.abs(steps - Math.round(steps)) < 1e-6 ? number : null;
}

/** `width: expected 16, 32 or 64, got "17"`: what is wrong with a text that `parse` refuses. */
export function refusal(control: Control, text: string): string {
  const {label} = control;
  if (!("options" in control))
    return `${label}: expected a number from ${control.min} to ${control.max} in steps of ${control.step}, got "${text}"`;
  const options = control.options.map(String);
  const list = options.length > 1 ? `${options.slice(0, -1).join(", ")} or ${options.at(-1)}` : options[0];
  return `${label}: expected ${list}, got "${text}"`;
}

/**
 * The values that a URL's search parameters ask for, `name.control=value`; what is absent keeps its default.
 * `message` says in one sentence what was refused, each refused value being replaced by its default.
 */
export function fromSearch(controls: Controls, name: string, search: string): {values: Values; message: string} {
  const asked = new URLSearchParams(search);
  const values = defaults(controls);
  const refused: string[] = [];
  for (const [key, control] of Object.entries(controls)) {
    const text = asked.get(`${name}.${key}`);
    if (text === null) continue;
    const value = parse(control, text);
    if (value === null) refused.push(`${refusal(control, text)}, so ${control.value} is used`);
    else values[key] = value;
  }
  return {values, message: refused.length ? `In this page's address, ${refused.join("; ")}.` : ""};
}

/** The search parameters with these values in them: those that differ from their default, everything else as it was. */
export function toSearch(controls: Controls, name: string, values: Values, search: string): string {
  const parameters = new URLSearchParams(search);
  for (const [key, {value}] of Object.entries(controls)) {
    if (values[key] === value) parameters.delete(`${name}.${key}`);
    else parameters.set(`${name}.${key}`, String(values[key]));
  }
  return parameters.size ? `?${parameters}` : "";
}

/** The values whose run is `run`, or null where these controls cannot ask for it. */
export function valuesOf(
  controls: Controls,
  spec: (values: Values) => Omit<RunSpec, "module">,
  run: Omit<RunSpec, "module">
): Values | null {
  const {config, schedule, seed, epochs, batch} = run;
  const fields: Record<string, unknown> = {...schedule, ...config, seed, epochs, batch};
  const values: Values = {};
  for (const [name, control] of Object.entries(controls)) {
    const value = parse(control, String(fields[name] ?? control.value));
    if (value === null) return null;
    values[name] = value;
  }
  const {config: c, schedule: s, ...rest} = spec(values);
  const matches = equal(c, config) && equal(s, schedule) && same({...rest}, {seed, epochs, batch});
  return matches ? values : null;
}

function equal(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return Object.is(a, b);
  return Object.keys({...a, ...b}).every((key) =>
    equal((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key])
  );
}

/**
 * The labelled inputs of a panel. An entry that cannot be is put back to the last one that could.
 *
 * @param told of the new values when an input has moved, or of what was wrong with an entry.
 */
export function trainerControls(
  controls: Controls,
  first: Values,
  told: {moved: (values: Values) => void; refused: (message: string) => void}
) {
  let values = first;
  const inputs = Object.entries(controls).map(([name, control]) => {
    const input = "options" in control ? select(control.options) : number(control);
    input.name = name;
    input.value = String(first[name]);
    input.addEventListener("change", () => {
      const value = parse(control, input.value);
      if (value !== null) return told.moved((values = {...values, [name]: value}));
      told.refused(`${refusal(control, input.value)}; ${values[name]} stays.`);
      input.value = String(values[name]);
    });
    return [name, input] as const;
  });
  const labelled = inputs.map(([name, input]) =>
    element("label", {}, element("span", {}, controls[name].label), input)
  );
  return {
    element: element("fieldset", {class: "trainer-controls"}, element("legend", {}, "Hyperparameters"), ...labelled),
    /** Puts the inputs to these values without telling anyone. */
    set(next: Values): void {
      values = next;
      for (const [name, input] of inputs) input.value = String(next[name]);
    }
  };
}

const select = (options: (string | number)[]) =>
  element("select", {}, ...options.map((option) => new Option(String(option), String(option))));

const number = ({min, max, step}: {min: number; max: number; step: number}) =>
  element("input", {type: "number", required: true, inputmode: "decimal", min, max, step});
