// @vitest-environment jsdom
import {expect, test} from "vitest";
import {confusion, rowShares} from "../../src/components/plots/confusion.js";
import {heatmap} from "../../src/components/plots/heatmap.js";
import {expectedError} from "../../src/components/plots/reliability.js";

test("each row of shares sums to one, a row without images to zero", () => {
  const sums = rowShares([
    [3, 1],
    [0, 0]
  ]).map((row) => row.reduce((a, b) => a + b, 0));
  expect(sums).toEqual([1, 0]);
});

test("a rare class that is always found is as dark as a frequent one", () => {
  const cells = confusion(
    [
      [1000, 0],
      [0, 2]
    ],
    ["frequent", "rare"]
  ).querySelectorAll<HTMLElement>("tbody td");
  expect([...cells].map((cell) => cell.style.getPropertyValue("--level"))).toEqual([
    "100.0%",
    "0.0%",
    "0.0%",
    "100.0%"
  ]);
  expect([...cells].map((cell) => cell.textContent)).toEqual(["1000", "·", "·", "2"]);
});

test("counts that do not match the classes are refused", () => {
  expect(() => confusion([[1]], ["a", "b"])).toThrow("confusion: expected counts of 2 × 2, got 1 × 1");
});

test("a heatmap's cells carry size and sign, its headers their scope", () => {
  const map = heatmap([[-2, 1, 0]], {rows: ["r"], columns: ["a", "b", "c"]});
  const cells = [...map.querySelectorAll<HTMLElement>("tbody td")];
  expect(cells.map((cell) => cell.dataset.sign)).toEqual(["negative", "positive", "positive"]);
  expect(cells.map((cell) => cell.style.getPropertyValue("--level"))).toEqual(["100.0%", "50.0%", "0.0%"]);
  expect([...map.querySelectorAll("th")].map((th) => th.scope)).toEqual(["col", "col", "col", "row"]);
});

test("calibration error is zero on the diagonal and the weighted gap off it", () => {
  expect(expectedError([{confidence: 0.7, accuracy: 0.7, count: 5}])).toBe(0);
  const gaps = [
    {confidence: 0.9, accuracy: 0.5, count: 30},
    {confidence: 0.2, accuracy: 0.3, count: 10}
  ];
  expect(expectedError(gaps)).toBeCloseTo((30 * 0.4 + 10 * 0.1) / 40, 12);
});
