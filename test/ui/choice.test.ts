// @vitest-environment jsdom
import {expect, test} from "vitest";
import {buttons, menu, radio, slider, type Input} from "../../src/components/ui/choice.js";

/** The values that `view()` would hand on: the first, and one after each `input` event. */
function heard<T>(input: Input<T>): T[] {
  const values = [input.value];
  input.addEventListener("input", () => values.push(input.value));
  return values;
}

test("radio buttons begin with the value, give the option itself, and exclude each other", () => {
  const width = radio("width w", [8, 16, 32], 16);
  const values = heard(width);
  document.body.append(width, radio("depth", [8, 16], 8)); // of another name: it takes nothing away
  const boxes = width.querySelectorAll<HTMLInputElement>("input");
  boxes[2].click();
  expect(values).toEqual([16, 32]);
  expect([...boxes].map(({checked}) => checked)).toEqual([false, false, true]);
  const group = width.querySelector("[role=radiogroup]")!;
  expect(document.getElementById(group.getAttribute("aria-labelledby")!)!.textContent).toBe("width w");
  expect([...boxes].map((box) => box.labels![0].textContent)).toEqual(["8", "16", "32"]);
});

test("a menu begins with the value, gives the chosen option, and has a label", () => {
  const family = menu("family", ["normal", "gamma", "beta"], "gamma");
  const values = heard(family);
  document.body.append(family);
  const list = family.querySelector("select")!;
  list.selectedIndex = 2;
  list.dispatchEvent(new Event("input", {bubbles: true}));
  expect(values).toEqual(["gamma", "beta"]);
  expect(list.labels[0].textContent).toBe("family");
});

test("a slider gives numbers, shows them, and has a label", () => {
  const strength = slider("strength s", [0.1, 1.5], {value: 0.5, step: 0.05});
  const values = heard(strength);
  document.body.append(strength);
  const range = strength.querySelector("input")!;
  range.value = "1.25";
  range.dispatchEvent(new Event("input", {bubbles: true}));
  expect(values).toEqual([0.5, 1.25]);
  expect(strength.querySelector("output")!.value).toBe("1.25");
  expect(range.labels![0].textContent).toBe("strength s");
});

test("buttons change the value, each in its own way, unless they are off", () => {
  const asked = buttons<number>([["More", (n) => n + 1], ["Stop", () => 0]], 0); // prettier-ignore
  const values = heard(asked);
  const [more, stop] = asked.querySelectorAll("button");
  [more, more, stop].forEach((button) => button.click());
  expect(values).toEqual([0, 1, 2, 0]);
  const off = buttons<number>([["More", (n) => n + 1]], 0, {disabled: true});
  off.querySelector("button")!.click();
  expect(off.value).toBe(0);
});
