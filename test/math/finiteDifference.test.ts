import {expect, test} from "vitest";
import {numericDirectional, numericGradient, numericJacobian} from "../../src/components/math/finiteDifference.js";

test("the gradient of xᵀAx is (A + Aᵀ) x", () => {
  const f = ([x, y]: number[]) => x * x + 2 * x * y + 3 * y * y; // A = [[1, 2], [0, 3]]
  const [gx, gy] = numericGradient(f, [1, -1]);
  expect(gx).toBeCloseTo(0, 9);
  expect(gy).toBeCloseTo(-4, 9);
});

test("central differences are exact for quadratics at any step", () => {
  expect(numericGradient(([x]) => x * x - 3 * x, [2], 0.5)).toEqual([1]);
});

test("the Jacobian has ∂fᵢ/∂xⱼ in row i and column j", () => {
  const j = numericJacobian(([r, a]) => [r * Math.cos(a), r * Math.sin(a), r], [2, 0.7]);
  const expected = [
    [Math.cos(0.7), -2 * Math.sin(0.7)],
    [Math.sin(0.7), 2 * Math.cos(0.7)],
    [1, 0]
  ];
  expect(j.length).toBe(3);
  j.flat().forEach((x, i) => expect(x).toBeCloseTo(expected.flat()[i], 9));
});

test("the derivative along v is the Jacobian times v", () => {
  const f = ([x, y]: number[]) => [Math.sin(x * y), Math.exp(x - y)];
  const [at, v] = [
    [0.4, -0.9],
    [2, 3]
  ];
  const product = numericJacobian(f, at).map(([a, b]) => a * v[0] + b * v[1]);
  numericDirectional(f, at, v).forEach((x, i) => expect(x).toBeCloseTo(product[i], 8));
});

test("at h = 1e-5 the derivative of tanh is good to 1e-10, and worse at 1e-2 and at 1e-11", () => {
  const error = (h: number) =>
    Math.abs(numericGradient(([x]) => Math.tanh(x), [0.5], h)[0] - (1 - Math.tanh(0.5) ** 2));
  expect(error(1e-5)).toBeLessThan(1e-10);
  expect(error(1e-2)).toBeGreaterThan(1e-6);
  expect(error(1e-11)).toBeGreaterThan(1e-7);
});

test("a direction of another length is named", () => {
  expect(() => numericDirectional((x) => x, [1, 2], [1])).toThrow(
    "numericDirectional: expected a direction of 2 numbers, got 1"
  );
});
