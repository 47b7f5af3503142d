import {expect, test} from "vitest";
import {
  defaults,
  fromSearch,
  parse,
  toSearch,
  valuesOf,
  type Control,
  type Controls
} from "../../src/components/ui/trainerControls.js";
import type {Values} from "../../src/components/ui/trainerState.js";

const rate: Control = {label: "learning rate", value: 0.1, min: 0.001, max: 1, step: 0.001};
const controls: Controls = {
  data: {label: "data", value: "scenes", options: ["scenes", "cifar10"]},
  width: {label: "width", value: 16, options: [8, 16, 32]},
  rate,
  seed: {label: "seed", value: 1, min: 0, max: 100, step: 1}
};
const spec = ({data, width, rate, seed}: Values) => ({
  config: {data, width, smoothing: 0.1},
  seed: Number(seed),
  epochs: 2,
  batch: 8,
  schedule: {kind: "one-cycle", rate: Number(rate)} as const
});

test("a text stands for a value exactly when the control can take it", () => {
  for (const x of [0.001, 0.1, 0.3, 0.999, 1]) expect(parse(rate, String(x))).toBe(x);
  for (const text of ["", " ", "0", "1.001", "0.0005", "0.0015", "NaN", "Infinity", "1e9", "fast"])
    expect(parse(rate, text), text).toBeNull();
  expect(parse(controls.width, "32")).toBe(32); // a number again, not its text
  expect(parse(controls.width, "17")).toBeNull();
});

test("the address gives back every set of values that was put into it, and keeps what is not ours", () => {
  for (const values of [defaults(controls), {data: "cifar10", width: 8, rate: 0.25, seed: 0}]) {
    const search = toSearch(controls, "resnet", values, "?backend=wasm&other.width=3");
    expect(fromSearch(controls, "resnet", search)).toEqual({values, message: ""});
    expect(new URLSearchParams(search).get("backend")).toBe("wasm");
    expect(new URLSearchParams(search).get("other.width")).toBe("3");
  }
  expect(toSearch(controls, "resnet", defaults(controls), "?resnet.width=8")).toBe(""); // defaults need no words
});

test("what the address cannot mean is refused in one sentence and its default used; the rest holds", () => {
  const {values, message} = fromSearch(controls, "resnet", "?resnet.width=17&resnet.rate=5&resnet.seed=3");
  expect(values).toEqual({data: "scenes", width: 16, rate: 0.1, seed: 3});
  expect(message).toBe(
    `In this page's address, width: expected 8, 16 or 32, got "17", so 16 is used; ` +
      `learning rate: expected a number from 0.001 to 1 in steps of 0.001, got "5", so 0.1 is used.`
  );
});

test("a checkpoint's run gives back the inputs that asked for it, and only those", () => {
  const values = {data: "cifar10", width: 32, rate: 0.02, seed: 7};
  expect(valuesOf(controls, spec, spec(values))).toEqual(values);
  const reordered = JSON.parse(`{"config": {"smoothing": 0.1, "width": 32, "data": "cifar10"}}`);
  expect(valuesOf(controls, spec, {...spec(values), ...reordered})).toEqual(values);
  expect(valuesOf(controls, spec, {...spec(values), epochs: 3})).toBeNull(); // no input sets the epochs here
  expect(valuesOf(controls, spec, {...spec(values), config: {data: "cifar10", width: 32, smoothing: 0.2}})).toBeNull();
  expect(valuesOf(controls, spec, {...spec(values), config: {data: "cifar10", width: 64, smoothing: 0.1}})).toBeNull();
});
