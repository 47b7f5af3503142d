import {type Distribution, demand} from "../distribution.js";
import {drawExponential, drawNormal, drawOpen} from "../draws.js";
import {normalCdf} from "../errorFunction.js";

const real: [number, number] = [-Infinity, Infinity];
const positive: [number, number] = [0, Infinity];

/** N(μ, σ²): ln f = −½ ((x − μ)/σ)² − ln σ − ½ ln 2π. */
export function normal(mean: number, deviation: number): Distribution {
  demand("normal", "a deviation > 0", deviation > 0, deviation);
  return {
    discrete: false,
    support: real,
    logDensity: (x) => -0.5 * ((x - mean) / deviation) ** 2 - Math.log(deviation) - 0.5 * Math.log(2 * Math.PI),
    cdf: (x) => normalCdf((x - mean) / deviation),
    mean,
    variance: deviation ** 2,
    draw: (rng) => drawNormal(rng, mean, deviation)
  };
}

/** Uniform on [low, high]. */
export function uniform(low: number, high: number): Distribution {
  demand("uniform", "low < high", low < high, low, high);
  const width = high - low;
  return {
    discrete: false,
    support: [low, high],
    logDensity: (x) => (x >= low && x <= high ? -Math.log(width) : -Infinity),
    cdf: (x) => Math.min(1, Math.max(0, (x - low) / width)),
    mean: (low + high) / 2,
    variance: width ** 2 / 12,
    draw: (rng) => low + width * rng.next()
  };
}

/** Exponential with rate λ: f = λ e^(−λx) on x ≥ 0; mean 1/λ. */
export function exponential(rate: number): Distribution {
  demand("exponential", "a rate > 0", rate > 0, rate);
  return {
    discrete: false,
    support: positive,
    logDensity: (x) => (x >= 0 ? Math.log(rate) - rate * x : -Infinity),
    cdf: (x) => (x > 0 ? -Math.expm1(-rate * x) : 0),
    mean: 1 / rate,
    variance: rate ** -2,
    draw: (rng) => drawExponential(rng, rate)
  };
}

/** Laplace: f = e^(−|x − μ|/b) / 2b; variance 2b². */
export function laplace(mean: number, scale: number): Distribution {
  demand("laplace", "a scale > 0", scale > 0, scale);
  const below = (x: number) => 0.5 * Math.exp((x - mean) / scale);
  return {
    discrete: false,
    support: real,
    logDensity: (x) => -Math.abs(x - mean) / scale - Math.log(2 * scale),
    cdf: (x) => (x < mean ? below(x) : 1 - below(2 * mean - x)),
    mean,
    variance: 2 * scale ** 2,
    draw: (rng) => mean + scale * (drawExponential(rng) - drawExponential(rng))
  };
}

/** Logistic: the distribution function is the sigmoid of (x − μ)/s; variance π² s² / 3. */
export function logistic(mean: number, scale: number): Distribution {
  demand("logistic", "a scale > 0", scale > 0, scale);
  return {
    discrete: false,
    support: real,
    logDensity(x) {
      const z = Math.abs(x - mean) / scale; // the density is even: e^(−z) stays finite
      return -z - 2 * Math.log1p(Math.exp(-z)) - Math.log(scale);
    },
    cdf: (x) => 1 / (1 + Math.exp((mean - x) / scale)),
    mean,
    variance: (Math.PI * scale) ** 2 / 3,
    draw(rng) {
      const u = drawOpen(rng);
      return mean + scale * Math.log(u / (1 - u));
    }
  };
}

/** Cauchy: f = 1 / (π s (1 + ((x − m)/s)²)). It has no mean: the integral of |x| f diverges. */
export function cauchy(median: number, scale: number): Distribution {
  demand("cauchy", "a scale > 0", scale > 0, scale);
  return {
    discrete: false,
    support: real,
    logDensity: (x) => -Math.log(Math.PI * scale) - Math.log1p(((x - median) / scale) ** 2),
    cdf: (x) => 0.5 + Math.atan((x - median) / scale) / Math.PI,
    mean: NaN,
    variance: NaN,
    draw: (rng) => median + scale * Math.tan(Math.PI * (drawOpen(rng) - 0.5))
  };
}

/** Log-normal: e^Z for Z from N(μ, σ²); mean e^(μ + σ²/2). */
export function logNormal(mu: number, sigma: number): Distribution {
  const z = normal(mu, sigma);
  const mean = Math.exp(mu + sigma ** 2 / 2);
  return {
    discrete: false,
    support: positive,
    logDensity: (x) => (x > 0 ? z.logDensity(Math.log(x)) - Math.log(x) : -Infinity),
    cdf: (x) => (x > 0 ? z.cdf(Math.log(x)) : 0),
    mean,
    variance: Math.expm1(sigma ** 2) * mean ** 2,
    draw: (rng) => Math.exp(z.draw(rng))
  };
}
