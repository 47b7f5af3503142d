import {type Distribution, demand} from "../distribution.js";
import {drawBeta, drawGamma, drawNormal} from "../draws.js";
import {incompleteBeta} from "../incompleteBeta.js";
import {lowerGamma} from "../incompleteGamma.js";
import {logBeta, logGamma} from "../logGamma.js";

/** Gamma with shape a and rate λ: f = λᵃ xᵃ⁻¹ e^(−λx) / Γ(a); mean a/λ, variance a/λ². */
export function gamma(shape: number, rate: number): Distribution {
  demand("gamma", "shape, rate > 0", shape > 0 && rate > 0, shape, rate);
  const constant = shape * Math.log(rate) - logGamma(shape);
  return {
    discrete: false,
    support: [0, Infinity],
    logDensity: (x) => (x >= 0 ? constant + power(shape - 1, x) - rate * x : -Infinity),
    cdf: (x) => (x > 0 ? lowerGamma(shape, rate * x) : 0),
    mean: shape / rate,
    variance: shape / rate ** 2,
    draw: (rng) => drawGamma(rng, shape) / rate
  };
}

/** χ² with k degrees of freedom: the sum of k squares of N(0, 1), which is Gamma(k/2, ½). */
export function chiSquare(degrees: number): Distribution {
  demand("chiSquare", "degrees > 0", degrees > 0, degrees);
  return gamma(degrees / 2, 0.5);
}

/** Beta: f = xᵃ⁻¹ (1 − x)ᵇ⁻¹ / B(a, b) on [0, 1]; mean a/(a + b). */
export function beta(a: number, b: number): Distribution {
  demand("beta", "a, b > 0", a > 0 && b > 0, a, b);
  const constant = -logBeta(a, b);
  return {
    discrete: false,
    support: [0, 1],
    logDensity: (x) => (x >= 0 && x <= 1 ? constant + power(a - 1, x) + power(b - 1, 1 - x) : -Infinity),
    cdf: (x) => incompleteBeta(a, b, Math.min(1, Math.max(0, x))),
    mean: a / (a + b),
    variance: (a * b) / ((a + b) ** 2 * (a + b + 1)),
    draw: (rng) => drawBeta(rng, a, b)
  };
}

/** Student's t with ν degrees of freedom: Z / √(χ²_ν / ν). No mean for ν ≤ 1; its variance ν/(ν − 2) is infinite to ν = 2. */
export function studentT(degrees: number): Distribution {
  demand("studentT", "degrees > 0", degrees > 0, degrees);
  const constant = -logBeta(degrees / 2, 0.5) - 0.5 * Math.log(degrees);
  return {
    discrete: false,
    support: [-Infinity, Infinity],
    logDensity: (x) => constant - 0.5 * (degrees + 1) * Math.log1p((x * x) / degrees),
    cdf(x) {
      const beyond = 0.5 * incompleteBeta(degrees / 2, 0.5, degrees / (degrees + x * x));
      return x > 0 ? 1 - beyond : beyond;
    },
    mean: degrees > 1 ? 0 : NaN,
    variance: degrees > 2 ? degrees / (degrees - 2) : degrees > 1 ? Infinity : NaN,
    draw: (rng) => drawNormal(rng) / Math.sqrt((2 * drawGamma(rng, degrees / 2)) / degrees)
  };
}

/** k ln x, with 0 for k = 0 whatever x. */
const power = (k: number, x: number): number => (k === 0 ? 0 : k * Math.log(x));
