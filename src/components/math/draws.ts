import {normalQuantile, type Rng} from "./random.js";

/** Uniform on (0, 1): both ends are left out, so that a logarithm or a quantile of it is finite. */
export function drawOpen(rng: Rng): number {
  for (;;) {
    const u = rng.next();
    if (u > 0) return u;
  }
}

/** N(mean, deviation²) in float64, by Φ⁻¹ of a uniform draw. */
export const drawNormal = (rng: Rng, mean = 0, deviation = 1): number =>
  mean + deviation * normalQuantile(drawOpen(rng));

/** The exponential distribution with the given rate: −ln(U) / rate. */
export const drawExponential = (rng: Rng, rate = 1): number => -Math.log(drawOpen(rng)) / rate;

/**
 * Gamma(shape, 1), mean and variance both `shape`. Marsaglia & Tsang 2000: with d = shape − ⅓, c = 1/√(9d) and v = (1 + c z)³
 * for a normal z, d v is kept with probability exp(z²/2 + d − d v + d ln v). A shape below 1 is raised: G(a) = G(a + 1) U^(1/a).
 */
export function drawGamma(rng: Rng, shape: number): number {
  if (shape < 1) return drawGamma(rng, shape + 1) * drawOpen(rng) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const z = drawNormal(rng);
    const v = (1 + z / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(drawOpen(rng)) < (z * z) / 2 + d * (1 - v + Math.log(v))) return d * v;
  }
}

/** Beta(a, b): x / (x + y) for independent x from Gamma(a) and y from Gamma(b). */
export function drawBeta(rng: Rng, a: number, b: number): number {
  const x = drawGamma(rng, a);
  return x / (x + drawGamma(rng, b));
}

const few = 20;

/**
 * The number of successes in n trials of probability p. Few trials are made one by one. Of many, the middle one of the sorted
 * uniforms is Beta(i, n + 1 − i): it says which side of p remains to be counted (Ahrens & Dieter 1974), so log₂ n draws do.
 */
export function drawBinomial(rng: Rng, n: number, p: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return n;
  if (n <= few) {
    let successes = 0;
    for (let i = 0; i < n; ++i) if (rng.next() < p) ++successes;
    return successes;
  }
  const i = (n + 1) >> 1;
  const middle = drawBeta(rng, i, n + 1 - i);
  return middle <= p ? i + drawBinomial(rng, n - i, (p - middle) / (1 - middle)) : drawBinomial(rng, i - 1, p / middle);
}

/**
 * Poisson events in a time of `mean` at rate 1. A short time counts exponential gaps. In a long one the m-th event comes at
 * Gamma(m): before the end it leaves the rest, after it m − 1 events are spread evenly before it (Ahrens & Dieter 1974).
 */
export function drawPoisson(rng: Rng, mean: number): number {
  if (mean < few) {
    let count = -1;
    for (let time = 0; time <= mean; time += drawExponential(rng)) ++count;
    return count;
  }
  const m = Math.floor(0.875 * mean);
  const time = drawGamma(rng, m);
  return time <= mean ? m + drawPoisson(rng, mean - time) : drawBinomial(rng, m - 1, mean / time);
}
