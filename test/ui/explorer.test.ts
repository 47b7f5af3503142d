// @vitest-environment jsdom
import {expect, test} from "vitest";
import {explorer} from "../../src/components/ui/explorer.js";

const make = () =>
  explorer({
    mean: {label: "μ", range: [-3, 3], value: 0, step: 0.1},
    deviation: {label: "σ", range: [0.1, 3], value: 1, step: 0.1}
  });
const move = (root: HTMLElement, i: number, value: number) => {
  const range = root.querySelectorAll<HTMLInputElement>("input[type=range]")[i];
  range.value = String(value);
  range.dispatchEvent(new Event("input", {bubbles: true}));
};

test("the value is one record of all quantities, and each slider has its name", () => {
  const root = make();
  let events = 0;
  root.addEventListener("input", () => ++events);
  move(root, 1, 2);
  expect(root.value).toEqual({mean: 0, deviation: 2});
  expect(events).toBe(1);
  expect([...root.querySelectorAll("label")].map(({textContent}) => textContent)).toEqual(["μ", "σ"]);
});

test("reset puts all of them back and says so", () => {
  const root = make();
  move(root, 0, 3);
  let events = 0;
  root.addEventListener("input", () => ++events);
  [...root.querySelectorAll("button")].at(-1)!.click();
  expect(root.value).toEqual({mean: 0, deviation: 1});
  expect(events).toBe(1);
});
