import {describe, expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import * as by from "../../src/week2/convolution.js";

const dot = (a: by.Grid, b: by.Grid) => a.data.reduce((sum, value, i) => sum + value * b.data[i], 0);

describe.each([
  {stride: 1, padding: 1, side: 5},
  {stride: 2, padding: 1, side: 6},
  {stride: 2, padding: 1, side: 5},
  {stride: 2, padding: 0, side: 6}
])("convolution with stride $stride, padding $padding on $side × $side", ({side, ...window}) => {
  const draw = rng(1);
  const x = by.grid([2, side, side, 2], draw.normal(2 * side * side * 2));
  const w = by.grid([3, 3, 2, 3], draw.normal(54));
  const y = by.convolve(x, w, window);
  const dy = by.grid(y.shape, draw.normal(y.data.length));

  test("is linear in x and in w, so both gradients pair with their argument to the same number", () => {
    expect(dot(w, by.filterGradient(x, dy, w.shape, window))).toBeCloseTo(dot(y, dy), 10);
    expect(dot(x, by.inputGradient(w, dy, x.shape, window))).toBeCloseTo(dot(y, dy), 10);
  });

  test("is one product of patches with filters", () => {
    const product = by.convolveByPatches(x, w, window);
    expect(product.shape).toEqual(y.shape);
    expect(by.gap(product, y)).toBeLessThan(1e-12);
  });

  test("has an input gradient that is a convolution with the turned filter", () => {
    const back = by.inputGradientByCorrelation(w, dy, x.shape, window);
    expect(back.shape).toEqual(x.shape);
    expect(by.gap(back, by.inputGradient(w, dy, x.shape, window))).toBeLessThan(1e-12);
  });
});
