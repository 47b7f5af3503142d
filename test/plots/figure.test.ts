// @vitest-environment jsdom
import {beforeAll, beforeEach, expect, test, vi} from "vitest";
import {figure} from "../../src/components/plots/figure.js";
import {lossCurve} from "../../src/components/plots/lossCurve.js";
import type {Surroundings} from "../../src/components/plots/observe.js";

let resize: (width: number) => void;
let systemDark = false;

beforeAll(async () => {
  await import("npm:@observablehq/plot"); // the first load takes seconds where the machine is busy
});

beforeEach(() => {
  delete document.documentElement.dataset.theme;
  systemDark = false;
  vi.stubGlobal("matchMedia", () => ({matches: systemDark, addEventListener() {}, removeEventListener() {}}));
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(callback: (entries: {contentRect: {width: number}}[]) => void) {
        resize = (width) => callback([{contentRect: {width}}]);
      }
      observe() {}
    }
  );
});

function recorded() {
  const seen: Surroundings[] = [];
  const shown = figure(
    (_, surroundings) => {
      seen.push(surroundings);
      return document.createElement("i");
    },
    {alt: "A line that falls.", caption: "Figure 1.", data: {columns: ["x", "y"], rows: [[1, 0.123456]]}}
  );
  return {seen, shown};
}

test("a figure is drawn when it is laid out, again at another width, and not twice at the same", async () => {
  const {seen} = recorded();
  expect(seen).toEqual([]);
  resize(640.4);
  await vi.waitFor(() => expect(seen).toEqual([{width: 640, dark: false}]), {timeout: 20_000});
  resize(640.9);
  resize(380);
  await vi.waitFor(() => expect(seen.map(({width}) => width)).toEqual([640, 380]), {timeout: 20_000});
});

test("a figure follows the theme while it is in the page, and no longer", async () => {
  const {seen} = recorded();
  resize(500);
  await vi.waitFor(() => expect(seen).toHaveLength(1), {timeout: 20_000});
  document.documentElement.dataset.theme = "dark";
  await vi.waitFor(() => expect(seen.at(-1)).toEqual({width: 500, dark: true}), {timeout: 20_000});
  resize(0);
  document.documentElement.dataset.theme = "light";
  await new Promise((done) => setTimeout(done, 20));
  expect(seen).toHaveLength(2);
  resize(500);
  await vi.waitFor(() => expect(seen.at(-1)).toEqual({width: 500, dark: false}), {timeout: 20_000});
});

test("a chosen theme stands above the system's", async () => {
  systemDark = true;
  const {seen} = recorded();
  resize(500);
  await vi.waitFor(() => expect(seen.at(-1)?.dark).toBe(true), {timeout: 20_000});
  document.documentElement.dataset.theme = "light";
  await vi.waitFor(() => expect(seen.at(-1)?.dark).toBe(false), {timeout: 20_000});
});

test("a figure says in words what it shows and offers its numbers", () => {
  const {shown} = recorded();
  const image = shown.querySelector("[role=img]")!;
  expect(image.getAttribute("aria-label")).toBe("A line that falls.");
  expect(shown.querySelector("figcaption")!.textContent).toBe("Figure 1.");
  expect([...shown.querySelectorAll("details td")].map((cell) => cell.textContent)).toEqual(["0.1235"]);
});

test("a loss curve tells where each curve begins, ends and is lowest", () => {
  const chart = lossCurve([{name: "training", points: [[0, 2.3], [10, 0.5], [20, 0.75]]}], {y: "loss (nats)"}); // prettier-ignore
  const label = () => chart.querySelector("[role=img]")!.getAttribute("aria-label");
  expect(label()).toBe("loss (nats) over step. training: 2.3 at step 0, 0.75 at step 20, lowest 0.5.");
  chart.show([{name: "training", points: []}]);
  expect(label()).toBe("loss (nats) over step. training: no points yet.");
});

test("a recorded run lies behind; theory has the colour of the curve before it; the key says which is which", async () => {
  const line = (name: string, y: number, dashed?: "recorded" | "theory") => ({
    name,
    points: [[0, y], [1, y / 2]] as [number, number][], // prettier-ignore
    dashed
  });
  const chart = lossCurve([
    line("live", 1),
    line("live", 1.1, "theory"),
    line("earlier", 2, "recorded"),
    line("test", 3)
  ]);
  resize(600);
  await vi.waitFor(() => expect(chart.querySelector(".figure-plot path")).not.toBeNull(), {timeout: 10_000});
  const drawn = [...chart.querySelectorAll("g[aria-label=line]")];
  expect(drawn.map((group) => [group.getAttribute("stroke"), group.getAttribute("stroke-dasharray")])).toEqual([
    ["var(--recorded)", "5,3"],
    ["var(--series-1)", null],
    ["var(--series-1)", "5,3"],
    ["var(--series-2)", null]
  ]);
  const key = [...chart.querySelectorAll(".figure-key li")].map(({textContent}) => textContent);
  expect(key).toEqual(["live", "live (theory)", "earlier (recorded)", "test"]);
});

test("a logarithmic curve leaves out what has no logarithm", async () => {
  const chart = lossCurve([{name: "loss", points: [[0, 1], [1, 0], [2, NaN], [3, 0.1]]}], {log: true}); // prettier-ignore
  resize(600);
  const path = await vi.waitFor(() => chart.querySelector("g[aria-label=line] path")!.getAttribute("d")!, {
    timeout: 10_000
  });
  expect(path.match(/[ML]/g)).toEqual(["M", "L"]);
  expect(path).not.toContain("NaN");
});
