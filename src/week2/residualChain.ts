import {add, apply, identity, multiply, norm, type Matrix, type Vector} from "../components/math/matrix.js";
import {rng as seeded, type Rng} from "../components/math/random.js";

/** The weights of one residual branch, F(x) = second · tanh(first · x). */
export interface Branch {
  first: Matrix;
  second: Matrix;
}

const gaussian = (rng: Rng, n: number, deviation: number): Matrix =>
  Array.from({length: n}, () => Array.from(rng.normal(n, 0, deviation)));

/** L random branches of width n. Entries have variances 1/n and scale²/n, so scale sets how strong a branch is. */
export function branches(seed: number, count: number, n: number, scale: number): Branch[] {
  const rng = seeded(seed);
  return Array.from({length: count}, () => ({
    first: gaussian(rng, n, 1 / Math.sqrt(n)),
    second: gaussian(rng, n, scale / Math.sqrt(n))
  }));
}

/** A vector of n standard normal numbers. */
export const point = (seed: number, n: number): Vector => Array.from(seeded(seed).normal(n));

const plus = (x: Vector, y: Vector): Vector => x.map((value, i) => value + y[i]);

/** x ← x + F(x) through all branches, or x ← F(x) when the shortcuts are taken away. */
export function chain(list: Branch[], x: Vector, residual = true): Vector {
  for (const {first, second} of list) {
    const f = apply(second, apply(first, x).map(Math.tanh));
    x = residual ? plus(x, f) : f;
  }
  return x;
}

/** ∂F/∂x = second · diag(1 − tanh²(first · x)) · first of every branch, each at the point that the chain brings to it. */
export function branchJacobians(list: Branch[], x: Vector, residual = true): Matrix[] {
  return list.map((branch) => {
    const slope = apply(branch.first, x).map((z) => 1 - Math.tanh(z) ** 2);
    const scaled = branch.first.map((row, i) => row.map((value) => slope[i] * value));
    x = chain([branch], x, residual);
    return multiply(branch.second, scaled);
  });
}

/** (I + A_L) ⋯ (I + A₁), or A_L ⋯ A₁ without shortcuts. */
export function chainJacobian(jacobians: Matrix[], residual = true): Matrix {
  const one = identity(jacobians[0].length);
  return jacobians.reduce((sofar, a) => multiply(residual ? add(one, a) : a, sofar), one);
}

/** Relative distance ‖a − b‖ / ‖b‖ in the Frobenius norm. */
export const distance = (a: Matrix, b: Matrix): number => norm(add(a, b, -1)) / norm(b);

/**
 * The expanded product: term k is the sum over all choices of k branches of the product of their Jacobians, later ones
 * on the left; there are (L choose k) of them, and the identity is term 0.
 *
 * Recurrence over the branches: T_k ← T_k + A T_{k−1}.
 */
export function pathTerms(jacobians: Matrix[]): Matrix[] {
  let terms: Matrix[] = [identity(jacobians[0].length)];
  for (const a of jacobians) {
    const longer = terms.map((term) => multiply(a, term)); // one more branch on the way
    terms = [...terms, longer[longer.length - 1]].map((term, k) =>
      k === 0 || k === terms.length ? term : add(term, longer[k - 1])
    );
  }
  return terms;
}

/**
 * ‖Jᵀu‖² for a unit vector u through 0, …, L branches, the mean over several draws, with and without shortcuts.
 *
 * Here F(x) = A x with independent entries of variance scale²/n, for which the expectation is exact:
 * (1 + scale²)^L with shortcuts and scale^{2L} without.
 */
export function gradientNorms(scale: number, count: number, {n = 16, draws = 20, seed = 1} = {}) {
  const mean = {residual: new Float64Array(count + 1), plain: new Float64Array(count + 1)};
  for (let draw = 0; draw < draws; ++draw) {
    const rng = seeded(seed).fork(draw);
    const start = Array.from(rng.normal(n));
    const length = Math.hypot(...start);
    let residual = start.map((value) => value / length);
    let plain = residual;
    for (let l = 0; l <= count; ++l) {
      mean.residual[l] += Math.hypot(...residual) ** 2 / draws;
      mean.plain[l] += Math.hypot(...plain) ** 2 / draws;
      const a = gaussian(rng, n, scale / Math.sqrt(n)); // its transpose has the same distribution
      residual = plus(residual, apply(a, residual));
      plain = apply(a, plain);
    }
  }
  return mean;
}
