import {drawNormal} from "../../components/math/draws.js";
import type {Rng} from "../../components/math/random.js";

/** n pairs of vectors in d dimensions, coordinate k of x and c jointly normal with correlation ρ, else independent. */
export interface Pairs {
  x: Float64Array; // (n, d)
  c: Float64Array; // (n, d)
  n: number;
  d: number;
}

/** The correlation at which d such coordinates have I nats: I = −(d/2) ln(1 − ρ²). */
export const correlationFor = (information: number, d: number): number =>
  Math.sqrt(-Math.expm1((-2 * information) / d));

export function drawPairs(rng: Rng, n: number, d: number, rho: number): Pairs {
  const x = Float64Array.from({length: n * d}, () => drawNormal(rng));
  const c = x.map((value) => rho * value + Math.sqrt(1 - rho * rho) * drawNormal(rng));
  return {x, c, n, d};
}

/** ln p(x | c)/p(x) of one coordinate: −½ ln(1 − ρ²) + [2ρ x c − ρ² (x² + c²)] / (2 (1 − ρ²)). */
export const logRatio = (x: number, c: number, rho: number): number =>
  -0.5 * Math.log1p(-rho * rho) + (2 * rho * x * c - rho * rho * (x * x + c * c)) / (2 * (1 - rho * rho));

/** ln r(xⱼ, cᵢ) for all pairs, row i for context i: (n, n). */
export function trueScores({x, c, n, d}: Pairs, rho: number): Float64Array {
  const scores = new Float64Array(n * n);
  for (let i = 0; i < n; ++i)
    for (let j = 0; j < n; ++j) {
      let sum = 0;
      for (let k = 0; k < d; ++k) sum += logRatio(x[j * d + k], c[i * d + k], rho);
      scores[i * n + j] = sum;
    }
  return scores;
}

/** Loss of a batch in which every other x is a negative, and its gradient by the scores. */
export interface BatchLoss {
  loss: number;
  gradient: Float64Array; // (n, n)
}

/**
 * L = −(1/n) Σᵢ ln softmax(sᵢ)ᵢ and ∂L/∂sᵢⱼ = (softmax(sᵢ)ⱼ − [i = j]) / n, for scores (n, n) with the true pairs on the
 * diagonal. In nats; ln n when all scores are equal.
 */
export function batchLoss(scores: Float64Array, n: number): BatchLoss {
  const gradient = new Float64Array(n * n);
  let loss = 0;
  for (let i = 0; i < n; ++i) {
    const row = scores.subarray(i * n, (i + 1) * n);
    const most = row.reduce((a, b) => Math.max(a, b), -Infinity);
    let sum = 0;
    for (let j = 0; j < n; ++j) sum += gradient[i * n + j] = Math.exp(row[j] - most);
    loss += (Math.log(sum) + most - row[i]) / n;
    for (let j = 0; j < n; ++j) gradient[i * n + j] = (gradient[i * n + j] / sum - (i === j ? 1 : 0)) / n;
  }
  return {loss, gradient};
}
