import {rng as seeded, type Rng} from "../components/math/random.js";

/** A square matrix by rows. */
export type Matrix = Float64Array[];

/** The weights of one residual branch, F(x) = second · tanh(first · x). */
export interface Branch {
  first: Matrix;
  second: Matrix;
}

const times = (a: Matrix, x: ArrayLike<number>): Float64Array =>
  Float64Array.from(a, (row) => row.reduce((sum, value, j) => sum + value * x[j], 0));

const product = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => Float64Array.from(b[0], (_, j) => row.reduce((sum, value, k) => sum + value * b[k][j], 0)));

const sum = (a: Matrix, b: Matrix): Matrix => a.map((row, i) => row.map((value, j) => value + b[i][j]));

const identity = (n: number): Matrix =>
  Array.from({length: n}, (_, i) => Float64Array.from({length: n}, (_, j) => (i === j ? 1 : 0)));

const gaussian = (rng: Rng, n: number, deviation: number): Matrix =>
  Array.from({length: n}, () => Float64Array.from(rng.normal(n, 0, deviation)));

/** The square root of the sum of the squares of all entries. */
export const frobenius = (a: Matrix): number => Math.hypot(...a.map((row) => Math.hypot(...row)));

/** L random branches of width n. Entries have variances 1/n and scale²/n, so scale sets how strong a branch is. */
export function branches(seed: number, count: number, n: number, scale: number): Branch[] {
  const rng = seeded(seed);
  return Array.from({length: count}, () => ({
    first: gaussian(rng, n, 1 / Math.sqrt(n)),
    second: gaussian(rng, n, scale / Math.sqrt(n))
  }));
}

/** A vector of n standard normal numbers. */
export const point = (seed: number, n: number): Float64Array => Float64Array.from(seeded(seed).normal(n));

const branchOf = ({first, second}: Branch, x: Float64Array) => times(second, times(first, x).map(Math.tanh));

/** x ← x + F(x) through all branches, or x ← F(x) when the shortcuts are taken away. */
export function chain(list: Branch[], x: Float64Array, residual = true): Float64Array {
  for (const branch of list) {
    const f = branchOf(branch, x);
    x = residual ? f.map((value, i) => value + x[i]) : f;
  }
  return x;
}

/** ∂F/∂x = second · diag(1 − tanh²(first · x)) · first of every branch, each at the point that the chain brings to it. */
export function branchJacobians(list: Branch[], x: Float64Array, residual = true): Matrix[] {
  return list.map((branch) => {
    const slope = times(branch.first, x).map((z) => 1 - Math.tanh(z) ** 2);
    const jacobian = product(
      branch.second,
      branch.first.map((row, i) => row.map((value) => slope[i] * value))
    );
    x = chain([branch], x, residual);
    return jacobian;
  });
}

/** (I + A_L) ⋯ (I + A₁), or A_L ⋯ A₁ without shortcuts. */
export function chainJacobian(jacobians: Matrix[], residual = true): Matrix {
  const one = identity(jacobians[0].length);
  return jacobians.reduce((sofar, a) => product(residual ? sum(one, a) : a, sofar), one);
}

/** The Jacobian of a map by central differences, ∂f/∂x_j ≈ (f(x + h e_j) − f(x − h e_j)) / 2h. */
export function differences(f: (x: Float64Array) => Float64Array, x: Float64Array, h = 1e-5): Matrix {
  const columns = Array.from(x, (_, j) => {
    const [up, down] = [1, -1].map((sign) => f(x.map((value, k) => (k === j ? value + sign * h : value))));
    return up.map((value, i) => (value - down[i]) / (2 * h));
  });
  return identity(x.length).map((row, i) => row.map((_, j) => columns[j][i]));
}

/** Relative distance ‖a − b‖ / ‖b‖ in the Frobenius norm. */
export const distance = (a: Matrix, b: Matrix): number =>
  frobenius(a.map((row, i) => row.map((value, j) => value - b[i][j]))) / frobenius(b);

/**
 * The expanded product: term k is the sum over all choices of k branches of the product of their Jacobians, later ones
 * on the left; there are (L choose k) of them, and the identity is term 0.
 *
 * Recurrence over the branches: T_k ← T_k + A T_{k−1}.
 */
export function pathTerms(jacobians: Matrix[]): Matrix[] {
  const n = jacobians[0].length;
  const zero = identity(n).map((row) => row.map(() => 0));
  let terms: Matrix[] = [identity(n)];
  for (const a of jacobians)
    terms = [...terms, zero].map((term, k) => (k === 0 ? term : sum(term, product(a, terms[k - 1]))));
  return terms;
}

/**
 * ‖Jᵀu‖² for a unit vector u through 0, …, L branches, the mean over several draws, with and without shortcuts.
 *
 * Here F(x) = A x with independent entries of variance scale²/n, for which the expectation is exact:
 * (1 + scale²)^L with shortcuts and scale^{2L} without.
 */
export function gradientNorms(scale: number, count: number, {n = 32, draws = 20, seed = 1} = {}) {
  const mean = {residual: new Float64Array(count + 1), plain: new Float64Array(count + 1)};
  for (let draw = 0; draw < draws; ++draw) {
    const rng = seeded(seed).fork(draw);
    const start = Float64Array.from(rng.normal(n));
    const length = Math.hypot(...start);
    let [residual, plain] = [start.map((value) => value / length), start.map((value) => value / length)];
    for (let l = 0; l <= count; ++l) {
      mean.residual[l] += Math.hypot(...residual) ** 2 / draws;
      mean.plain[l] += Math.hypot(...plain) ** 2 / draws;
      const a = gaussian(rng, n, scale / Math.sqrt(n)); // its transpose has the same distribution
      residual = times(a, residual).map((value, i) => value + residual[i]);
      plain = times(a, plain);
    }
  }
  return mean;
}
