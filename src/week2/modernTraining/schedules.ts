import {logGamma} from "../../components/math/logGamma.js";
import type {Rng} from "../../components/math/random.js";

/** ½ (1 + cos πu): which share of the rate is left after the share u of a run. */
export const cosine = (u: number): number => 0.5 * (1 + Math.cos(Math.PI * u));

/**
 * How many equally weighted numbers an average with weights β^(t − i) is worth: (Σ w)² / Σ w².
 *
 *   n(t) = (1 + β)(1 − βᵗ) / ((1 − β)(1 + βᵗ)),   1 at t = 1, (1 + β) / (1 − β) in the limit
 */
export const worth = (beta: number, t: number): number =>
  ((1 + beta) * (1 - beta ** t)) / ((1 - beta) * (1 + beta ** t));

/** E[1 / v] of the mean v of n squares of N(0, 1): n / (n − 2), infinite for n ≤ 2. */
export const meanInverse = (n: number): number => (n > 2 ? n / (n - 2) : Infinity);

/** E[1 / √v] of the same: √(n / 2) Γ((n − 1) / 2) / Γ(n / 2), infinite for n = 1. */
export const meanInverseRoot = (n: number): number =>
  n > 1 ? Math.sqrt(n / 2) * Math.exp(logGamma((n - 1) / 2) - logGamma(n / 2)) : Infinity;

/** The standard deviation of 1 / √v over its mean; infinite for n ≤ 2. */
export const spread = (n: number): number => Math.sqrt(meanInverse(n) - meanInverseRoot(n) ** 2) / meanInverseRoot(n);

/** The same from `draws` samples of n normal numbers each. */
export function drawnSpread(rng: Rng, n: number, draws: number): number {
  const z = rng.normal(n * draws);
  const factors = Array.from({length: draws}, (_, i) => {
    let v = 0;
    for (let k = i * n; k < (i + 1) * n; ++k) v += z[k] * z[k];
    return 1 / Math.sqrt(v / n);
  });
  const mean = factors.reduce((sum, x) => sum + x, 0) / draws;
  return Math.sqrt(factors.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws) / mean;
}

/** k steps at rate η against one at kη, along a direction of curvature λ: the factors of the error. */
export const factors = (etaLambda: number, k: number) => ({many: (1 - etaLambda) ** k, one: 1 - k * etaLambda});
