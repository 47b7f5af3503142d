import {eigen} from "../../components/math/eigen.js";
import {dot, type Vector} from "../../components/math/matrix.js";
import {rng} from "../../components/math/random.js";
import {logSumExp, softmax} from "../../components/math/softmax.js";

/** The page's losses in float64, for drawing and for checking; what trains is in `components/losses/`. */

export const minus = (a: Vector, b: Vector): Vector => a.map((x, i) => x - b[i]);
export const times = (a: Vector, s: number): Vector => a.map((x) => s * x);
export const squared = (a: Vector, b: Vector): number => dot(minus(a, b), minus(a, b));
export const unit = (a: Vector): Vector => times(a, 1 / Math.sqrt(dot(a, a)));

export interface Triplet {
  a: Vector;
  p: Vector;
  n: Vector;
}

/** max(0, ‖a − p‖² − ‖a − n‖² + m). */
export const triplet = ({a, p, n}: Triplet, margin: number): number =>
  Math.max(0, squared(a, p) - squared(a, n) + margin);

/** Its gradient: 2 (n − p), 2 (p − a), 2 (a − n) where it is not 0. */
export function tripletGradient({a, p, n}: Triplet, margin: number): Triplet {
  const on = triplet({a, p, n}, margin) > 0 ? 2 : 0;
  return {a: times(minus(n, p), on), p: times(minus(p, a), on), n: times(minus(a, n), on)};
}

/** ½ D² for a pair that is alike, ½ max(0, m − D)² for one that is not. */
export function contrastive(x1: Vector, x2: Vector, alike: boolean, margin: number): number {
  const d = Math.sqrt(squared(x1, x2));
  return alike ? (d * d) / 2 : Math.max(0, margin - d) ** 2 / 2;
}

/** Its gradient by x₁; that by x₂ is the opposite. */
export function contrastiveGradient(x1: Vector, x2: Vector, alike: boolean, margin: number): Vector {
  const d = Math.sqrt(squared(x1, x2));
  return times(minus(x1, x2), alike ? 1 : -Math.max(0, margin - d) / d);
}

export type Kind = "easy" | "semi-hard" | "hard";

/** Where a negative stands: beyond the margin, within it, or nearer than the positive. FaceNet, section 3.2. */
export function kindOf({a, p, n}: Triplet, margin: number): Kind {
  const [near, far] = [squared(a, p), squared(a, n)];
  return far <= near ? "hard" : far < near + margin ? "semi-hard" : "easy";
}

/** How many triplets a batch of P classes with K records each holds. */
export const tripletCount = (classes: number, each: number): number =>
  classes * each * (each - 1) * (classes * each - each);

/** Recall@k that an embedding which knows nothing has on average, K classes of n rows: one less the chance of k wrong ones. */
export function chance(classes: number, each: number, k = 1): number {
  let missed = 1;
  for (let i = 0; i < k; ++i) missed *= Math.max(0, classes * each - each - i) / (classes * each - 1 - i);
  return 1 - missed;
}

/** The triplet loss under semi-hard mining, the mean over all pairs that have a farther negative; 0 if none has. */
export function semiHard(rows: Vector[], labels: number[], margin: number): number {
  const hinges = rows.flatMap((a, i) =>
    rows.flatMap((p, j) => {
      if (i === j || labels[i] !== labels[j]) return [];
      const near = squared(a, p);
      const farther = rows.map((n, k) => (labels[k] === labels[i] ? 0 : squared(a, n))).filter((d) => d > near);
      return farther.length ? [Math.max(0, near - Math.min(...farther) + margin)] : [];
    })
  );
  return hinges.length ? total(hinges) / hinges.length : 0;
}

/** That loss of 16 points of four classes that are drawn around one point; of one point alone if the deviation is 0. */
export function nearCollapse(deviation: number, margin: number): number {
  const stream = rng(1);
  const labels = Array.from({length: 16}, (_, i) => Math.floor(i / 4));
  const rows = labels.map(() => Array.from(stream.normal(2), (x) => 1 + deviation * x));
  return semiHard(rows, labels, margin);
}

/** The cosines of a unit vector u with its positive and with its negatives. */
export interface Cosines {
  positive: number;
  negatives: Vector;
}

/** What u is pulled by: ∇ᵤ ℓ = −w₊ v₊ + Σ wₖ vₖ. SimCLR, table 2, has these weights as gradients. */
export interface Weights {
  positive: number;
  negatives: Vector;
}

interface Pull {
  loss: (cosines: Cosines) => number;
  weights: (cosines: Cosines) => Weights;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const total = (x: Vector): number => x.reduce((a, b) => a + b, 0);
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** NT-Xent of one anchor, −ln of the softmax over τ: the weights of the negatives add up to that of the positive. */
export const softmaxPull = (tau: number): Pull => ({
  loss: ({positive, negatives}) => logSumExp([positive, ...negatives].map((s) => s / tau)) - positive / tau,
  weights({positive, negatives}) {
    const [p, ...others] = softmax([positive, ...negatives], tau);
    return {positive: (1 - p) / tau, negatives: others.map((share) => share / tau)};
  }
});

/** Each pair asked by itself whether it is alike, −ln σ(s₊ / τ) − Σ ln σ(−sₖ / τ). */
export const logisticPull = (tau: number): Pull => ({
  loss: ({positive, negatives}) => softplus(-positive / tau) + total(negatives.map((s) => softplus(s / tau))),
  weights: ({positive, negatives}) => ({
    positive: sigmoid(-positive / tau) / tau,
    negatives: negatives.map((s) => sigmoid(s / tau) / tau)
  })
});

/** The triplets with each negative in turn, on unit vectors: Σ max(0, 2 (sₖ − s₊) + m). */
export const tripletPull = (margin: number): Pull => ({
  loss: ({positive, negatives}) => total(negatives.map((s) => Math.max(0, 2 * (s - positive) + margin))),
  weights({positive, negatives}) {
    const on = negatives.map((s) => (2 * (s - positive) + margin > 0 ? 2 : 0));
    return {positive: total(on), negatives: on};
  }
});

/** Rows on their two directions of largest variance, for drawing. */
export function principal(rows: Vector[]): [number, number][] {
  const size = rows[0].length;
  const mean = Array.from({length: size}, (_, d) => rows.reduce((sum, row) => sum + row[d] / rows.length, 0));
  const centred = rows.map((row) => minus(row, mean));
  const covariance = Array.from({length: size}, (_, i) =>
    Array.from({length: size}, (_, j) => centred.reduce((sum, row) => sum + (row[i] * row[j]) / rows.length, 0))
  );
  const {vectors} = eigen(covariance);
  const axis = (k: number) => vectors.map((row) => row[k]);
  const [first, second] = [axis(0), axis(1)];
  return centred.map((row) => [dot(row, first), dot(row, second)]);
}
