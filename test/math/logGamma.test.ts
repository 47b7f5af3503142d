import {expect, test} from "vitest";
import {logBeta, logChoose, logGamma} from "../../src/components/math/logGamma.js";

test("logGamma has its known values", () => {
  const known: [x: number, value: number][] = [
    [0.01, 4.5994798780420217],
    [0.5, Math.log(Math.PI) / 2],
    [1.5, -0.120782237635245222],
    [3.7, 1.42807232666538813],
    [10, Math.log(362880)],
    [100.5, 361.435540467777622],
    [1e6, 12815504.5691476117]
  ];
  for (const [x, value] of known) expect(Math.abs(logGamma(x) - value)).toBeLessThan(1e-14 * Math.max(1, value));
});

test("Γ(x + 1) = x Γ(x), and duplication Γ(x) Γ(x + ½) = 2^(1 − 2x) √π Γ(2x)", () => {
  for (const x of [0.03, 0.7, 2.2, 9.99, 41.5]) {
    expect(logGamma(x + 1) - logGamma(x)).toBeCloseTo(Math.log(x), 12);
    const doubled = (1 - 2 * x) * Math.LN2 + 0.5 * Math.log(Math.PI) + logGamma(2 * x);
    expect(logGamma(x) + logGamma(x + 0.5)).toBeCloseTo(doubled, 12);
  }
});

test("binomial coefficients are those of Pascal's triangle", () => {
  expect(Math.exp(logChoose(10, 3))).toBeCloseTo(120, 10);
  expect(logChoose(52, 5)).toBeCloseTo(Math.log(2598960), 12);
  expect(Math.exp(logBeta(2, 3))).toBeCloseTo(1 / 12, 14);
});

test("a logarithm of Γ needs a positive number", () => {
  expect(() => logGamma(0)).toThrow("logGamma: expected a finite x > 0, got 0");
  expect(() => logGamma(-1)).toThrow("logGamma: expected a finite x > 0, got -1");
});
