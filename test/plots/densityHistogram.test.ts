// @vitest-environment jsdom
import {expect, test, vi} from "vitest";
import {densityHistogram} from "../../src/components/plots/densityHistogram.js";

vi.stubGlobal("matchMedia", () => ({matches: false, addEventListener() {}}));
vi.stubGlobal("ResizeObserver", class { observe() {} }); // prettier-ignore

const shown = densityHistogram(
  [0, 1, 1, 2, 3, 9],
  [
    {name: "theory", f: (x) => x},
    {name: "mean", at: 1.4}
  ],
  {
    x: "σ̂²",
    count: 3,
    range: [0, 3]
  }
);
const rows = [...shown.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent));

test("the bars count what lies in the range, in equal intervals; marked values stand below them", () => {
  expect(rows).toEqual([["0", "1", "1"], ["1", "2", "2"], ["2", "3", "2"], ["mean", "1.4", ""]]); // prettier-ignore
});

test("what is drawn over the bars is in the key and in the words for who does not see it", () => {
  expect([...shown.querySelectorAll(".figure-key li")].map((item) => item.textContent)).toEqual(["theory", "mean"]);
  const words = "Histogram of 6 values of σ̂² from 0 to 3, with theory, mean.";
  expect(shown.querySelector("[role=img]")!.getAttribute("aria-label")).toBe(words);
});
