import {describe, expect, test} from "vitest";
import {density, probability, quantile, type Distribution} from "../../src/components/math/distribution.js";
import * as continuous from "../../src/components/math/distributions/continuous.js";
import * as discrete from "../../src/components/math/distributions/discrete.js";
import * as family from "../../src/components/math/distributions/gammaFamily.js";
import {integrate} from "../../src/components/math/quadrature.js";
import {rng} from "../../src/components/math/random.js";
import {mean, variance} from "../../src/components/math/statistics.js";

const all: [string, Distribution][] = [
  ["normal(1, 2)", continuous.normal(1, 2)],
  ["uniform(−1, 3)", continuous.uniform(-1, 3)],
  ["exponential(2)", continuous.exponential(2)],
  ["laplace(1, 0.5)", continuous.laplace(1, 0.5)],
  ["logistic(−1, 0.7)", continuous.logistic(-1, 0.7)],
  ["cauchy(0, 1)", continuous.cauchy(0, 1)],
  ["logNormal(0.2, 0.5)", continuous.logNormal(0.2, 0.5)],
  ["gamma(3.5, 2)", family.gamma(3.5, 2)],
  ["gamma(1, 2)", family.gamma(1, 2)],
  ["chiSquare(4)", family.chiSquare(4)],
  ["beta(2, 3.5)", family.beta(2, 3.5)],
  ["studentT(5)", family.studentT(5)],
  ["bernoulli(0.3)", discrete.bernoulli(0.3)],
  ["binomial(12, 0.4)", discrete.binomial(12, 0.4)],
  ["binomial(300, 0.7)", discrete.binomial(300, 0.7)],
  ["geometric(0.25)", discrete.geometric(0.25)],
  ["poisson(3.2)", discrete.poisson(3.2)],
  ["poisson(90)", discrete.poisson(90)],
  ["negativeBinomial(2.5, 0.4)", discrete.negativeBinomial(2.5, 0.4)],
  ["discreteUniform(1, 6)", discrete.discreteUniform(1, 6)]
];

/** Σ or ∫ of g(x) f(x), up to x. */
function total(d: Distribution, g: (x: number) => number, upTo = d.support[1]): number {
  const weighted = (x: number) => (density(d, x) === 0 ? 0 : g(x) * density(d, x));
  if (!d.discrete) {
    if (upTo <= d.support[0]) return 0;
    return integrate(weighted, d.support[0], Math.min(upTo, d.support[1]), 1e-11);
  }
  let sum = 0;
  for (let k = d.support[0]; k <= Math.min(upTo, 3000); ++k) sum += weighted(k);
  return sum;
}

describe.each(all)("%s", (_, d) => {
  test("sums to 1 and has the mean and variance it says", () => {
    expect(total(d, () => 1)).toBeCloseTo(1, 9);
    if (!Number.isFinite(d.variance)) return;
    expect(total(d, (x) => x)).toBeCloseTo(d.mean, 8);
    expect(total(d, (x) => (x - d.mean) ** 2)).toBeCloseTo(d.variance, 7);
  });
  test("its distribution function is the integral of its density", () => {
    for (const p of [0.03, 0.4, 0.5, 0.85]) {
      const x = quantile(d, p);
      expect(d.cdf(x)).toBeCloseTo(
        total(d, () => 1, x),
        9
      );
    }
    const [low, high] = [quantile(d, 0.2), quantile(d, 0.9)];
    expect(probability(d, low, high)).toBeCloseTo(d.cdf(high) - d.cdf(low), 15);
  });
  test("its quantile is the least x at which the distribution function reaches p", () => {
    for (const p of [0.001, 0.3, 0.5, 0.97]) {
      const x = quantile(d, p);
      expect(d.cdf(x)).toBeGreaterThanOrEqual(p - 1e-12);
      if (d.discrete) expect(d.cdf(x - 1)).toBeLessThan(p);
      else expect(d.cdf(x)).toBeCloseTo(p, 12);
    }
  });
  test("its draws follow its distribution function, by Kolmogorov's distance", () => {
    const n = 4000;
    const stream = rng(8);
    const draws = Float64Array.from({length: n}, () => d.draw(stream)).sort();
    let distance = 0;
    for (let i = 0; i < n; ++i) {
      if (draws[i + 1] === draws[i]) continue;
      distance = Math.max(distance, Math.abs((i + 1) / n - d.cdf(draws[i])));
    }
    expect(distance).toBeLessThan(2 / Math.sqrt(n)); // P(√n D > 2) = 0.00067
    if (!Number.isFinite(d.variance)) return;
    expect(Math.abs(mean(draws) - d.mean)).toBeLessThan(4 * Math.sqrt(d.variance / n));
    expect(variance(draws) / d.variance).toBeGreaterThan(0.8);
    expect(variance(draws) / d.variance).toBeLessThan(1.25);
  });
  test("nothing occurs outside its support", () => {
    for (const x of [d.support[0] - 1, d.support[1] + 1]) if (Number.isFinite(x)) expect(density(d, x)).toBe(0);
    if (d.discrete) expect(density(d, 1.5)).toBe(0);
  });
});

test("a binomial of small p is nearly Poisson, a Gamma of whole shape a Poisson waiting time", () => {
  for (const k of [0, 2, 5])
    expect(density(discrete.binomial(100_000, 3e-5), k)).toBeCloseTo(density(discrete.poisson(3), k), 4);
  expect(family.gamma(4, 1).cdf(2.5)).toBeCloseTo(1 - discrete.poisson(2.5).cdf(3), 14);
});

test("parameters outside their range are refused by name", () => {
  expect(() => continuous.normal(0, 0)).toThrow("normal: expected a deviation > 0, got 0");
  expect(() => discrete.binomial(3, 1.2)).toThrow("binomial: expected n ≥ 1 and 0 ≤ p ≤ 1, got 3, 1.2");
  expect(() => quantile(continuous.normal(0, 1), 1)).toThrow("quantile: expected 0 < p < 1, got 1");
});
