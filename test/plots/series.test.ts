import {expect, test} from "vitest";
import {band, bins, logTick, type Point, smoothed} from "../../src/components/plots/series.js";

const curve: Point[] = [3, 1, 4, 1, 5, 9, 2, 6].map((y, x) => [x, y]);

test("without weight a curve stays itself; a constant stays constant at any weight", () => {
  expect(smoothed(curve, 0)).toEqual(curve);
  for (const [, y] of smoothed(curve.map(([x]): Point => [x, 7]), 0.9)) expect(y).toBeCloseTo(7, 12); // prettier-ignore
});

test("smoothing is the weighted mean of all that came before", () => {
  const w = 0.6;
  smoothed(curve, w).forEach(([, y], k) => {
    let [sum, norm] = [0, 0];
    for (let j = 0; j <= k; ++j) [sum, norm] = [sum + w ** (k - j) * curve[j][1], norm + w ** (k - j)];
    expect(y).toBeCloseTo(sum / norm, 12);
  });
  expect(() => smoothed(curve, 1)).toThrow("smoothed: expected weight in [0, 1), got 1");
});

test("a band holds every value between its edges and keeps the last point", () => {
  expect(band(curve, 4)).toEqual([
    {x: 1, low: 1, mean: 2, high: 3},
    {x: 3, low: 1, mean: 2.5, high: 4},
    {x: 5, low: 5, mean: 7, high: 9},
    {x: 7, low: 2, mean: 4, high: 6}
  ]);
  expect(band(curve, 100).map(({mean}) => mean)).toEqual(curve.map(([, y]) => y));
  expect(band([], 10)).toEqual([]);
});

test("the counts of a histogram add up, the largest value included", () => {
  const rows = bins([0, 0.1, 0.5, 1, NaN, Infinity], 2);
  expect(rows).toEqual([
    {from: 0, to: 0.5, count: 2},
    {from: 0.5, to: 1, count: 2}
  ]);
  expect(bins([4, 4, 4], 3).reduce((sum, {count}) => sum + count, 0)).toBe(3);
  expect(bins([NaN], 3)).toEqual([]);
});

test("ticks of a logarithmic axis are numbers where they are short, powers of ten where not", () => {
  expect([0.001, 0.01, 1, 20, 10000].map(logTick)).toEqual(["0.001", "0.01", "1", "20", "10000"]);
  expect([1e-4, 1e-12, 1e5].map(logTick)).toEqual(["10⁻⁴", "10⁻¹²", "10⁵"]);
  expect(logTick(2e-5)).toBe("");
});
