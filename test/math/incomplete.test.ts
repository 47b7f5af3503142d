import {expect, test} from "vitest";
import {continuedFraction} from "../../src/components/math/continuedFraction.js";
import {erf, erfc, normalCdf} from "../../src/components/math/errorFunction.js";
import {incompleteBeta} from "../../src/components/math/incompleteBeta.js";
import {lowerGamma, upperGamma} from "../../src/components/math/incompleteGamma.js";
import {normalQuantile} from "../../src/components/math/random.js";

const relative = (got: number, expected: number) => Math.abs(got / expected - 1);

test("1 + 1/(1 + 1/(1 + …)) is the golden ratio, and an exhausted fraction says so", () => {
  expect(continuedFraction(1, () => [1, 1])).toBeCloseTo((1 + Math.sqrt(5)) / 2, 15);
  expect(() => continuedFraction(1.5, () => [-1, 1.5])).toThrow(
    "continuedFraction: expected 100000 terms to be enough"
  );
});

test("erf and erfc have their known values, erfc in its own size", () => {
  expect(relative(erf(0.1), 0.112462916018284898)).toBeLessThan(1e-15);
  expect(relative(erf(1), 0.842700792949714869)).toBeLessThan(1e-15);
  expect(relative(erfc(1), 0.157299207050285131)).toBeLessThan(1e-14);
  expect(relative(erfc(2), 0.00467773498104726584)).toBeLessThan(1e-14);
  expect(relative(erfc(5), 1.53745979442803485e-12)).toBeLessThan(1e-14);
  expect(relative(erfc(10), 2.08848758376254476e-45)).toBeLessThan(1e-13);
  expect([erf(40), erfc(40), erfc(-40), erf(0)]).toEqual([1, 0, 2, 0]);
});

test("erf is odd, joins where its two formulas meet, and Φ is inverted by normalQuantile", () => {
  for (const x of [0.2, 1.4999999, 1.5, 1.5000001, 3]) expect(erf(-x)).toBe(-erf(x));
  expect(erf(1.5000001) - erf(1.4999999)).toBeCloseTo((4e-7 / Math.sqrt(Math.PI)) * Math.exp(-2.25), 13);
  for (const p of [1e-12, 0.001, 0.25, 0.5, 0.9, 0.999])
    expect(relative(normalCdf(normalQuantile(p)), p)).toBeLessThan(1e-13);
});

test("the incomplete gamma function has its known values; P + Q = 1", () => {
  const known = [
    [0.5, 0.2, 0.472910743134461926],
    [1, 1, 1 - Math.exp(-1)],
    [3, 2, 0.323323583816936541],
    [3, 8, 0.986246032255997015],
    [50, 40, 0.0703350666593949544],
    [50, 70, 0.994859497541494106],
    [1000, 1010, 0.627678944736994728]
  ];
  for (const [a, x, value] of known) {
    expect(relative(lowerGamma(a, x), value)).toBeLessThan(2e-13);
    expect(lowerGamma(a, x) + upperGamma(a, x)).toBeCloseTo(1, 15);
  }
  for (const x of [0.3, 1.1, 2.5]) expect(lowerGamma(0.5, x * x)).toBeCloseTo(erf(x), 14);
  expect(() => lowerGamma(0, 1)).toThrow("lowerGamma: expected a > 0 and x ≥ 0, got a = 0 and x = 1");
});

test("P(a + 1, x) = P(a, x) − xᵃ e⁻ˣ / Γ(a + 1)", () => {
  for (const x of [0.5, 4, 9]) {
    expect(lowerGamma(4, x)).toBeCloseTo(lowerGamma(3, x) - (x ** 3 * Math.exp(-x)) / 6, 14);
    expect(upperGamma(3, x)).toBeCloseTo(Math.exp(-x) * (1 + x + (x * x) / 2), 14); // a Poisson sum
  }
});

test("the incomplete beta function has its known values and is a binomial sum", () => {
  expect(incompleteBeta(0.5, 0.5, 0.3)).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sqrt(0.3)), 14);
  expect(incompleteBeta(2, 3, 0.4)).toBeCloseTo(0.5248, 14);
  expect(incompleteBeta(8, 10, 0.5)).toBeCloseTo(0.6854705810546875, 14);
  expect(incompleteBeta(200, 300, 0.42)).toBeCloseTo(0.819601066417266299, 12);
  expect(incompleteBeta(1, 5, 0.9)).toBeCloseTo(0.99999, 14);
  const binomial = [0, 1, 2, 3, 4, 5].map((k) => [1, 5, 10, 10, 5, 1][k] * 0.3 ** k * 0.7 ** (5 - k));
  expect(incompleteBeta(2, 4, 0.3)).toBeCloseTo(
    binomial.slice(2).reduce((a, b) => a + b),
    14
  );
  for (const x of [0.05, 0.6]) expect(incompleteBeta(3, 7, x) + incompleteBeta(7, 3, 1 - x)).toBeCloseTo(1, 14);
  expect(() => incompleteBeta(1, 1, 2)).toThrow("incompleteBeta: expected a, b > 0 and 0 ≤ x ≤ 1, got 1, 1 and 2");
});
