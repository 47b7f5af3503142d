import {dot, type Matrix, type Vector} from "../../components/math/matrix.js";
import {logSumExp} from "../../components/math/softmax.js";

/** NT-Xent in float64, as the page derives it: 2N rows, the partner of row i is row i ± N. Chen et al. 2020, eq. 1. */

/** A row scaled to length 1. */
export function unit(z: Vector): Vector {
  const length = Math.sqrt(dot(z, z));
  return z.map((x) => x / length);
}

/** The other view of row i among 2N. */
export const partner = (i: number, rows: number): number => (i + rows / 2) % rows;

/** sᵢₖ, cosines of all rows, (2N, 2N). */
export function cosines(z: Matrix): Matrix {
  const units = z.map(unit);
  return units.map((a) => units.map((b) => dot(a, b)));
}

/** ℓᵢ of one anchor from its row of cosines, the negatives weighted alike. @param self its own place, left out of the sum. */
export function anchorLoss(s: Vector, {self, positive}: {self: number; positive: number}, temperature: number): number {
  return logSumExp(s.filter((_, k) => k !== self).map((x) => x / temperature)) - s[positive] / temperature;
}

/** The mean of ℓᵢ over all 2N anchors, in nats. */
export function ntXent(z: Matrix, temperature: number): number {
  const s = cosines(z);
  const losses = s.map((row, i) => anchorLoss(row, {self: i, positive: partner(i, z.length)}, temperature));
  return losses.reduce((a, b) => a + b) / losses.length;
}

/** pᵢₖ over k ≠ i, 0 at k = i. */
export function shares(s: Vector, self: number, temperature: number): Vector {
  const level = logSumExp(s.filter((_, k) => k !== self).map((x) => x / temperature));
  return s.map((x, k) => (k === self ? 0 : Math.exp(x / temperature - level)));
}

/** ln(2N − 1): nothing is told apart. */
export const collapse = (pairs: number): number => Math.log(2 * pairs - 1);

/** The least that NT-Xent can be with N pairs: partners equal, the N directions a simplex, which needs D ≥ N − 1. */
export const floor = (pairs: number, temperature: number): number =>
  Math.log1p((2 * pairs - 2) * Math.exp(-(1 + 1 / (pairs - 1)) / temperature));

/** The part of the way from collapse, 0, down to the floor, 1, that a loss has come. */
export const wayDown = (loss: number, pairs: number, temperature: number): number =>
  (collapse(pairs) - loss) / (collapse(pairs) - floor(pairs, temperature));

/** What is left when the N directions are at right angles to each other. */
export const orthogonalFloor = (pairs: number, temperature: number): number =>
  Math.log1p((2 * pairs - 2) * Math.exp(-1 / temperature));

/** The n corners of a regular simplex about 0, as unit vectors in n dimensions. */
export const simplex = (n: number): Matrix =>
  Array.from({length: n}, (_, i) => unit(Array.from({length: n}, (_, j) => (i === j ? 1 : 0) - 1 / n)));

/** exp of the entropy of the weights that the negatives have: how many of them count at this temperature. */
export function effectiveNegatives(negatives: Vector, temperature: number): number {
  const level = logSumExp(negatives.map((x) => x / temperature));
  const logs = negatives.map((x) => x / temperature - level);
  return Math.exp(-logs.reduce((sum, log) => sum + Math.exp(log) * log, 0));
}
