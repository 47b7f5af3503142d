import {type Distribution, demand} from "../distribution.js";
import {drawBinomial, drawExponential, drawGamma, drawPoisson} from "../draws.js";
import {incompleteBeta} from "../incompleteBeta.js";
import {upperGamma} from "../incompleteGamma.js";
import {logChoose, logGamma} from "../logGamma.js";

const isProbability = (p: number) => p >= 0 && p <= 1;
const isCount = (n: number) => Number.isInteger(n) && n >= 1;

/** k ln p, with 0 for k = 0 whatever p. */
const power = (k: number, p: number): number => (k === 0 ? 0 : k * Math.log(p));

/** ln P at the integers of the support and −∞ elsewhere. */
const atIntegers = (low: number, high: number, log: (k: number) => number) => (k: number) =>
  Number.isInteger(k) && k >= low && k <= high ? log(k) : -Infinity;

/** The distribution function from its formula at the integers low, …, high − 1. */
const steps = (low: number, high: number, at: (k: number) => number) => (x: number) =>
  x < low ? 0 : x >= high ? 1 : at(Math.floor(x));

/** Binomial: k successes in n trials; Bernoulli is n = 1. P(X ≤ k) = I₁₋ₚ(n − k, k + 1). */
export function binomial(n: number, p: number): Distribution {
  demand("binomial", "n ≥ 1 and 0 ≤ p ≤ 1", isCount(n) && isProbability(p), n, p);
  return {
    discrete: true,
    support: [0, n],
    logDensity: atIntegers(0, n, (k) => logChoose(n, k) + power(k, p) + power(n - k, 1 - p)),
    cdf: steps(0, n, (k) => incompleteBeta(n - k, k + 1, 1 - p)),
    mean: n * p,
    variance: n * p * (1 - p),
    draw: (rng) => drawBinomial(rng, n, p)
  };
}

/** Bernoulli: 1 with probability p, else 0. */
export const bernoulli = (p: number): Distribution => binomial(1, p);

/** Geometric: the trial 1, 2, … of the first success; P(X = k) = (1 − p)ᵏ⁻¹ p. */
export function geometric(p: number): Distribution {
  demand("geometric", "0 < p ≤ 1", p > 0 && p <= 1, p);
  return {
    discrete: true,
    support: [1, Infinity],
    logDensity: atIntegers(1, Infinity, (k) => power(k - 1, 1 - p) + Math.log(p)),
    cdf: steps(1, Infinity, (k) => (p === 1 ? 1 : -Math.expm1(k * Math.log1p(-p)))),
    mean: 1 / p,
    variance: (1 - p) / p ** 2,
    draw: (rng) => (p === 1 ? 1 : Math.max(1, Math.ceil(drawExponential(rng) / -Math.log1p(-p))))
  };
}

/** Poisson: P(X = k) = e^(−λ) λᵏ / k!; P(X ≤ k) = Q(k + 1, λ). */
export function poisson(mean: number): Distribution {
  demand("poisson", "a mean > 0", mean > 0, mean);
  return {
    discrete: true,
    support: [0, Infinity],
    logDensity: atIntegers(0, Infinity, (k) => k * Math.log(mean) - mean - logGamma(k + 1)),
    cdf: steps(0, Infinity, (k) => upperGamma(k + 1, mean)),
    mean,
    variance: mean,
    draw: (rng) => drawPoisson(rng, mean)
  };
}

/** Negative binomial: failures before the r-th success, r > 0 real; a Poisson whose mean is Gamma(r, p/(1 − p)). */
export function negativeBinomial(r: number, p: number): Distribution {
  demand("negativeBinomial", "r > 0 and 0 < p < 1", r > 0 && p > 0 && p < 1, r, p);
  const log = (k: number) => logGamma(k + r) - logGamma(r) - logGamma(k + 1) + r * Math.log(p) + k * Math.log1p(-p);
  return {
    discrete: true,
    support: [0, Infinity],
    logDensity: atIntegers(0, Infinity, log),
    cdf: steps(0, Infinity, (k) => incompleteBeta(r, k + 1, p)),
    mean: (r * (1 - p)) / p,
    variance: (r * (1 - p)) / p ** 2,
    draw: (rng) => drawPoisson(rng, (drawGamma(rng, r) * (1 - p)) / p)
  };
}

/** The integers low, …, high, each as likely: a die is (1, 6). */
export function discreteUniform(low: number, high: number): Distribution {
  demand("discreteUniform", "integers low ≤ high", Number.isInteger(low) && Number.isInteger(high) && low <= high, low, high); // prettier-ignore
  const count = high - low + 1;
  return {
    discrete: true,
    support: [low, high],
    logDensity: atIntegers(low, high, () => -Math.log(count)),
    cdf: steps(low, high, (k) => (k - low + 1) / count),
    mean: (low + high) / 2,
    variance: (count ** 2 - 1) / 12,
    draw: (rng) => low + rng.integers(1, count)[0]
  };
}
