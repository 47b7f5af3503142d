import {expect, test} from "vitest";
import {gaussLegendre, integrate} from "../../src/components/math/quadrature.js";
import {root} from "../../src/components/math/root.js";

test("the rule with n points integrates x^k exactly up to k = 2n − 1, and not x^(2n)", () => {
  for (const n of [1, 2, 3, 5, 20]) {
    const {nodes, weights} = gaussLegendre(n);
    const power = (k: number) => nodes.reduce((sum, x, i) => sum + weights[i] * x ** k, 0);
    for (let k = 0; k < 2 * n; ++k) expect(power(k)).toBeCloseTo(k % 2 ? 0 : 2 / (k + 1), 14);
    if (n <= 5) expect(Math.abs(power(2 * n) - 2 / (2 * n + 1))).toBeGreaterThan(1e-6);
  }
  expect(gaussLegendre(2).nodes[1]).toBeCloseTo(1 / Math.sqrt(3), 15);
  expect(() => gaussLegendre(0)).toThrow("gaussLegendre: expected an integer n ≥ 1, got 0");
});

test("integrate meets known integrals: smooth, with a kink, with a root, over the line and half of it", () => {
  expect(integrate(Math.sin, 0, Math.PI)).toBeCloseTo(2, 13);
  expect(integrate(Math.sin, Math.PI, 0)).toBeCloseTo(-2, 13);
  expect(integrate((x) => Math.abs(x - 0.3), 0, 1)).toBeCloseTo((0.09 + 0.49) / 2, 11);
  expect(integrate(Math.sqrt, 0, 1)).toBeCloseTo(2 / 3, 11);
  expect(integrate((x) => Math.exp(-x * x), -Infinity, Infinity)).toBeCloseTo(Math.sqrt(Math.PI), 12);
  expect(integrate((x) => 1 / (1 + x * x), 0, Infinity)).toBeCloseTo(Math.PI / 2, 12);
  expect(integrate((x) => Math.exp(x), -Infinity, 1)).toBeCloseTo(Math.E, 12);
  expect(integrate((x) => x, 1, 1)).toBe(0);
});

test("integrate refuses a pole", () => {
  expect(() => integrate((x) => 1 / x, 0, 1)).toThrow("integrate: expected a smooth function");
});

test("root finds a sign change to the last bits", () => {
  expect(root((x) => x * x - 2, 0, 2)).toBeCloseTo(Math.SQRT2, 15);
  expect(root((x) => Math.cos(x) - x, 1, 0)).toBeCloseTo(0.7390851332151607, 15);
  expect(root((x) => Math.tanh(50 * (x - 0.123)), -10, 10)).toBeCloseTo(0.123, 14);
  expect(root((x) => x ** 9, -1, 2)).toBeCloseTo(0, 15);
  expect(() => root((x) => x * x + 1, 0, 1)).toThrow("root: expected opposite signs, got f(0) = 1, f(1) = 2");
});
