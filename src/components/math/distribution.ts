import type {Rng} from "./random.js";
import {root} from "./root.js";

/** A distribution of one real number, with its parameters fixed. */
export interface Distribution {
  /** Whether it has probabilities at integers rather than a density. */
  discrete: boolean;
  /** Least and greatest value that can occur; ±∞ where there is none. */
  support: [low: number, high: number];
  /** ln f(x) of the density, or ln P(X = x) of a discrete one; −∞ where nothing occurs. */
  logDensity(x: number): number;
  /** P(X ≤ x). */
  cdf(x: number): number;
  /** ∞ or NaN where the integral diverges or does not exist. */
  mean: number;
  variance: number;
  draw(rng: Rng): number;
}

/** f(x), or P(X = x) of a discrete one. */
export const density = (d: Distribution, x: number): number => Math.exp(d.logDensity(x));

/** P(low < X ≤ high). */
export const probability = (d: Distribution, low: number, high: number): number => d.cdf(high) - d.cdf(low);

/**
 * The least x with P(X ≤ x) ≥ p, by a root of cdf(x) − p between brackets that grow until they hold it.
 *
 * @throws RangeError unless 0 < p < 1.
 */
export function quantile(d: Distribution, p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`quantile: expected 0 < p < 1, got ${p}`);
  let low = Number.isFinite(d.support[0]) ? d.support[0] : -1;
  let high = Number.isFinite(d.support[1]) ? d.support[1] : Math.max(low, 0) + 1;
  if (!Number.isFinite(d.support[0])) for (; d.cdf(low) > p; low *= 2);
  if (!Number.isFinite(d.support[1])) for (; d.cdf(high) < p; high *= 2);
  return d.discrete ? least(d, p, low, high) : d.cdf(low) >= p ? low : root((x) => d.cdf(x) - p, low, high);
}

/** Halves the integers in (low − 1, high] until one is left. */
function least(d: Distribution, p: number, low: number, high: number): number {
  let [below, above] = [Math.floor(low) - 1, Math.ceil(high)];
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (d.cdf(middle) >= p) above = middle;
    else below = middle;
  }
  return above;
}

/** Throws unless every parameter passes: `caller: expected rate > 0, got −1`. */
export function demand(caller: string, expected: string, passed: boolean, ...got: number[]): void {
  if (!passed) throw new RangeError(`${caller}: expected ${expected}, got ${got.join(", ")}`);
}
