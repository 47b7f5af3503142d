import type {Comparison, Equation} from "../../components/math/equation.js";
import {numericDirectional, numericGradient} from "../../components/math/finiteDifference.js";
import {build, type Matrix, type Vector} from "../../components/math/matrix.js";
import type {Rng} from "../../components/math/random.js";
import {mul, sum, T} from "./algebra.js";

/** Random matrices of a check: elements from N(0, 1). */
export interface Draw {
  number(): number;
  vector(n: number): Vector;
  /** (m, n). */
  matrix(m: number, n: number): Matrix;
  /** A column, (n, 1). */
  column(n: number): Matrix;
  /** Symmetric, (n, n). */
  symmetric(n: number): Matrix;
  /** Symmetric positive definite, (n, n), with eigenvalues of 1 and more. */
  positive(n: number): Matrix;
  /** Far from singular, (n, n), not symmetric: A + Aᵀ is positive definite. */
  regular(n: number): Matrix;
}

/** Draws from a generator. */
export function drawFrom(rng: Rng): Draw {
  const number = () => rng.normal(1)[0];
  const matrix = (m: number, n: number) => build(m, n, number);
  const eye = (n: number) => build(n, n, (i, j) => (i === j ? 1 : 0));
  const positive = (n: number) => {
    const a = matrix(n, n);
    return sum(eye(n), mul(a, T(a)));
  };
  return {
    number,
    matrix,
    vector: (n) => Array.from(rng.normal(n)),
    column: (n) => matrix(n, 1),
    symmetric(n) {
      const a = matrix(n, n);
      return sum(a, T(a));
    },
    positive,
    regular(n) {
      const a = matrix(n, n);
      return sum(
        positive(n),
        a,
        build(n, n, (i, j) => -a[j][i])
      ); // plus a skew part, which cannot make it singular
    }
  };
}

type Value = number | Vector | Matrix;

/** What an identity says is equal, and the second side with one thing wrong. */
export type Trial = [truth: Value, formula: Value, wrong: Value];

/**
 * An identity as a checked equation: at matrices drawn at random, max |truth − formula| / max(1, max |truth|) over all
 * elements must be at most `within`; with the wrong formula it must not.
 *
 * @param slip what is wrong in the mutation.
 */
export function row(
  name: string,
  says: string,
  slip: string,
  trial: (draw: Draw, rng: Rng) => Trial,
  within = 1e-7
): Equation {
  const compare = (rng: Rng, side: 1 | 2): Comparison => {
    const sides = trial(drawFrom(rng), rng);
    return {got: apart(sides[0], sides[side]), expected: 0, within};
  };
  return {
    name,
    says: `Largest relative error over all elements: ${says}`,
    compare: (rng) => compare(rng, 1),
    mutation: {says: slip, compare: (rng) => compare(rng, 2)}
  };
}

/** max |a − b| / max(1, max |a|); infinite where the shapes differ. */
export function apart(a: Value, b: Value): number {
  const [x, y] = [[a].flat(2), [b].flat(2)];
  const columns = (v: Value) => (Array.isArray(v) ? [v[0]].flat().length : 0);
  if (x.length !== y.length || columns(a) !== columns(b)) return Infinity;
  const largest = Math.max(1, ...x.map(Math.abs));
  return Math.max(0, ...x.map((xi, i) => Math.abs(xi - y[i]))) / largest; // Math.max hands a NaN on
}

/** The gradient G of a scalar f, Gᵢⱼ = ∂f/∂Xᵢⱼ, by central differences: the shape of X. */
export function gradient(f: (x: Matrix) => number, at: Matrix): Matrix {
  const n = at[0].length;
  const g = numericGradient((x) => f(rows(x, n)), at.flat());
  return rows(g, n);
}

/** dY/dt at t = 0 by central differences, for a matrix that depends on a number. */
export function rate(y: (t: number) => Matrix): Matrix {
  const n = y(0)[0].length;
  return rows(
    numericDirectional(([t]) => y(t).flat(), [0], [1]),
    n
  );
}

/** ds/dt at t = 0 by central differences, for a number. */
export const rateOf = (s: (t: number) => number): number => numericDirectional(([t]) => [s(t)], [0], [1])[0];

const rows = (x: readonly number[], n: number): Matrix =>
  Array.from({length: x.length / n}, (_, i) => x.slice(i * n, (i + 1) * n));
