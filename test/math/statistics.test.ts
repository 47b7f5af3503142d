import {expect, test} from "vitest";
import {drawBinomial, drawPoisson} from "../../src/components/math/draws.js";
import {rng} from "../../src/components/math/random.js";
import {
  correlation,
  covariance,
  covarianceMatrix,
  mean,
  sampleQuantile,
  variance
} from "../../src/components/math/statistics.js";

const eight = [2, 4, 4, 4, 5, 5, 7, 9];

test("{2, 4, 4, 4, 5, 5, 7, 9} has mean 5, variance 4, and 4.571429 unbiased", () => {
  expect(mean(eight)).toBe(5);
  expect(variance(eight)).toBe(4);
  expect(variance(eight, 1)).toBeCloseTo(32 / 7, 15);
});

test("covariance is bilinear and correlation does not depend on units", () => {
  const y = [1, 0, 3, 2, 2, 5, 4, 4];
  const sum = eight.map((x, i) => x + y[i]);
  expect(variance(sum)).toBeCloseTo(variance(eight) + variance(y) + 2 * covariance(eight, y), 13);
  const inches = eight.map((x) => 2.54 * x - 3);
  expect(correlation(inches, y)).toBeCloseTo(correlation(eight, y), 14);
  expect(correlation(eight, eight.map((x) => -x))).toBeCloseTo(-1, 14); // prettier-ignore
  const rows = eight.map((x, i) => [x, y[i]]);
  expect(covarianceMatrix(rows, 1)[0][1]).toBeCloseTo(covariance(eight, y, 1), 15);
  expect(covarianceMatrix(rows)[0][0]).toBe(4);
});

test("a sample's quantile is the least value with a share p at or below it", () => {
  expect(sampleQuantile(eight, 0.5)).toBe(4);
  expect(sampleQuantile(eight, 0.51)).toBe(5);
  expect([sampleQuantile(eight, 0), sampleQuantile(eight, 1)]).toEqual([2, 9]);
  expect(sampleQuantile([3, 1, 2], 1 / 3)).toBe(1);
});

test("too few numbers are refused", () => {
  expect(() => mean([])).toThrow("mean: expected at least one number, got none");
  expect(() => variance([1], 1)).toThrow("variance: expected more than 1 numbers, got 1");
  expect(() => covariance([1, 2], [1])).toThrow("covariance: expected 2 numbers, got 1");
});

test("counts at the ends of their parameters are certain", () => {
  expect([drawBinomial(rng(0), 50, 0), drawBinomial(rng(0), 50, 1), drawPoisson(rng(0), 0)]).toEqual([0, 50, 0]);
});
