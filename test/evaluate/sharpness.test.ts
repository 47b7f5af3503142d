import {expect, test} from "vitest";
import {sharpness} from "../../src/components/evaluate/sharpness.js";
import {eigen} from "../../src/components/math/eigen.js";
import {rng} from "../../src/components/math/random.js";

const A = [
  [4, 1, 0],
  [1, -7, 2],
  [0, 2, 3]
];

test("on a quadratic it is the Hessian's eigenvalue of largest size, with its sign", async () => {
  const gradient = (x: Float64Array) => Float64Array.from(A.map((row) => row.reduce((sum, a, k) => sum + a * x[k], 0)));
  const {eigenvalue, residual} = await sharpness(gradient, Float64Array.of(1, 2, 3), rng(1), {
    iterations: 200,
    within: 1e-6
  });
  const all = Array.from(eigen(A).values);
  const largest = all.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
  expect(largest).toBeLessThan(0);
  expect(eigenvalue).toBeCloseTo(largest, 6);
  expect(residual).toBeLessThan(1e-5);
});

test("off a quadratic it is the curvature where it stands: Σ cosh(kₓ x) has k² cosh(k x)", async () => {
  const k = [1, 2, 3];
  const gradient = (x: Float64Array) => x.map((value, i) => k[i] * Math.sinh(k[i] * value));
  const at = Float64Array.of(0.1, 0.5, -0.2);
  const expected = Math.max(...k.map((k, i) => k ** 2 * Math.cosh(k * at[i])));
  expect((await sharpness(gradient, at, rng(2), {iterations: 300, within: 1e-5})).eigenvalue).toBeCloseTo(expected, 3);
});

test("a loss twice as large is twice as sharp, and a flat one is not sharp at all", async () => {
  const gradient = (scale: number) => (x: Float64Array) => x.map((value, i) => scale * (i + 1) * value);
  const at = new Float64Array(4).fill(1);
  const [one, two] = await Promise.all([1, 2].map((scale) => sharpness(gradient(scale), at, rng(3))));
  expect(two.eigenvalue / one.eigenvalue).toBeCloseTo(2, 9);
  expect((await sharpness(gradient(0), at, rng(3))).eigenvalue).toBe(0);
});

test("a step of 0 and no parameters are named", async () => {
  const gradient = (x: Float64Array) => x;
  await expect(sharpness(gradient, Float64Array.of(1), rng(1), {step: 0})).rejects.toThrow(
    "expected a step > 0, got 0"
  );
  await expect(sharpness(gradient, new Float64Array(0), rng(1))).rejects.toThrow("expected parameters, got none");
});
