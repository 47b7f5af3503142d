// @vitest-environment jsdom
import {expect, test} from "vitest";
import type {Input} from "../../src/components/ui/choice.js";
import {planes} from "../../src/components/plots/plane.js";
import {ticks} from "../../src/components/plots/planeGrid.js";
import type {Point} from "../../src/components/plots/series.js";

const make = (keep?: (point: Point) => Point) =>
  planes([
    {
      x: [-2, 2],
      y: [-1, 1],
      title: "An arrow",
      handles: [{name: "tip", at: [1, 0.5], keep}],
      draw: ([tip]) => [{kind: "arrow", from: [0, 0], to: tip, color: "red", text: "a"}],
      describe: ([[x, y]]) => `The tip is at ${x.toFixed(2)}, ${y.toFixed(2)}.`
    }
  ]);
const handleOf = (root: HTMLElement) => root.querySelector<SVGElement>(".plane-handle")!;
const press = (root: HTMLElement, key: string, shiftKey = false) =>
  handleOf(root).dispatchEvent(new KeyboardEvent("keydown", {key, shiftKey, bubbles: true}));

test("units are equal on both axes, and y points up", () => {
  const root = make();
  expect(root.querySelector("svg")!.getAttribute("viewBox")).toBe("0 0 360 180");
  expect(handleOf(root).getAttribute("transform")).toBe("translate(270.00 45.00)");
});

test("arrow keys move a handle by a two-hundredth of each range, Shift by ten, Home back; each is an input", () => {
  const root = make();
  let inputs = 0;
  root.addEventListener("input", () => ++inputs);
  press(root, "ArrowRight");
  expect(root.value.points).toEqual([[1.02, 0.5]]);
  press(root, "ArrowUp", true);
  expect(root.value.points[0][1]).toBeCloseTo(0.6, 12);
  press(root, "x");
  expect(inputs).toBe(2);
  expect(root.querySelector("figcaption")!.textContent).toBe("The tip is at 1.02, 0.60.");
  expect(handleOf(root).getAttribute("aria-valuetext")).toBe("1.02, 0.6");
  press(root, "Home");
  expect(root.value.points).toEqual([[1, 0.5]]);
});

test("a handle stays on the plane, and where it is kept", () => {
  const root = make();
  for (let i = 0; i < 30; ++i) press(root, "ArrowUp", true);
  expect(root.value.points).toEqual([[1, 1]]);
  const onCircle = make(([x, y]) => [x / Math.hypot(x, y), y / Math.hypot(x, y)]);
  press(onCircle, "ArrowRight");
  expect(Math.hypot(...onCircle.value.points[0])).toBeCloseTo(1, 12);
});

test("an arrow's head ends where it points", () => {
  const [shaft, tip] = make().querySelectorAll<SVGPathElement>("[aria-hidden] > g path");
  expect(shaft.getAttribute("d")).toMatch(/^M180 90L/);
  expect(tip.getAttribute("d")).toMatch(/^M270 45L/);
});

test("panels see each other's handles, and the controls above them", () => {
  const seen: unknown[] = [];
  const about = {x: [-1, 1] as Point, y: [-1, 1] as Point, title: "", describe: () => ""};
  const control = Object.assign(document.createElement("input"), {type: "range"});
  const root = planes(
    [
      {...about, handles: [{name: "a", at: [0.5, 0]}], draw: () => []},
      {...about, handles: [{name: "b", at: [0, 0.5]}], draw: (points, {t}) => (seen.push([...points, t]), [])}
    ],
    {t: Object.defineProperty(control, "value", {value: 7}) as unknown as Input<number>}
  );
  control.dispatchEvent(new Event("input", {bubbles: true}));
  press(root, "ArrowRight");
  expect(seen).toEqual([[[0.5, 0], [0, 0.5], 7], [[0.5, 0], [0, 0.5], 7], [[0.51, 0], [0, 0.5], 7]]); // prettier-ignore
  expect(root.value.values).toEqual({t: 7});
});

test("ticks are round and inside", () => {
  expect(ticks([-2, 2])).toEqual([-1, 0, 1]);
  expect(ticks([0, 1])).toEqual([0.2, 0.4, 0.6, 0.8]);
  expect(ticks([-3.5, 3.5])).toEqual([-2, 0, 2]);
});
