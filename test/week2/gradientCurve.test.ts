import {expect, test} from "vitest";
import {gradientCurve} from "../../src/week2/gradientCurve.js";

const correlation = (depth: number, residual: boolean) =>
  [1, 2, 3].reduce((sum, seed) => sum + gradientCurve(depth, residual, {seed, points: 65}).correlation / 3, 0);

test("a shallow plain network has a smooth gradient, a deep one noise, a deep residual one something between", () => {
  expect(correlation(1, false)).toBeGreaterThan(0.8);
  const [plain, residual] = [correlation(20, false), correlation(20, true)];
  expect(Math.abs(plain)).toBeLessThan(0.25);
  expect(residual).toBeGreaterThan(plain + 0.3);
});

test("a linear network has a constant derivative: no hidden layers", () => {
  const {derivative} = gradientCurve(0, false);
  for (const value of derivative) expect(value).toBeCloseTo(derivative[0], 12);
});
