import {drawExponential} from "../../components/math/draws.js";
import type {Matrix} from "../../components/math/matrix.js";
import type {Rng} from "../../components/math/random.js";

/** k probabilities, uniform on the simplex: exponential draws over their sum. */
export function drawProbabilities(rng: Rng, k: number): number[] {
  const e = Array.from({length: k}, () => drawExponential(rng));
  const total = e.reduce((sum, x) => sum + x, 0);
  return e.map((x) => x / total);
}

/** A joint distribution of two variables, rows × columns, uniform on its simplex. */
export function drawJoint(rng: Rng, rows: number, columns: number): Matrix {
  const p = drawProbabilities(rng, rows * columns);
  return Array.from({length: rows}, (_, i) => p.slice(i * columns, (i + 1) * columns));
}

/** Σ pᵢ gᵢ. */
export const expectation = (p: readonly number[], g: (i: number) => number): number =>
  p.reduce((sum, pi, i) => sum + (pi === 0 ? 0 : pi * g(i)), 0);

/** Every sequence of n draws from k values with its probability: kⁿ rows, so small n only. */
export function sequences(p: readonly number[], n: number): {values: number[]; probability: number}[] {
  let rows = [{values: [] as number[], probability: 1}];
  for (let draw = 0; draw < n; ++draw)
    rows = rows.flatMap(({values, probability}) =>
      p.map((pi, i) => ({values: [...values, i], probability: probability * pi}))
    );
  return rows;
}

/** −Σ pᵢ ln qᵢ in nats, with 0 ln q = 0; ∞ where q excludes what p allows. */
export const crossEntropy = (p: readonly number[], q: readonly number[]): number =>
  expectation(p, (i) => -Math.log(q[i]));

/** −Σ pᵢ ln pᵢ in nats. */
export const entropy = (p: readonly number[]): number => crossEntropy(p, p);

/** KL(p ‖ q) = Σ pᵢ ln(pᵢ / qᵢ) in nats. */
export const kl = (p: readonly number[], q: readonly number[]): number => expectation(p, (i) => Math.log(p[i] / q[i]));
