import {shapeOf, transpose, type Matrix, type Vector} from "./matrix.js";

/** A = U diag(values) Vᵀ, thin: k = min(m, n). */
export interface Svd {
  /** (m, k), orthonormal columns. */
  u: Matrix;
  /** k of them, not negative, from the largest to the smallest. */
  values: Vector;
  /** (n, k), orthonormal columns; the sign of each is arbitrary, and shared with u's. */
  v: Matrix;
}

const sweeps = 60; // ten are plenty: convergence is quadratic

/**
 * Singular value decomposition by one-sided Jacobi rotations. Hestenes 1958; Golub & Van Loan 2013, section 8.6.
 *
 * Rotations from the right make A's columns orthogonal, A R₁ R₂ ⋯ = W: then V = R₁ R₂ ⋯, the singular values are the
 * columns' lengths, and U is the columns at length one. It is Jacobi's method on AᵀA, without ever forming AᵀA, whose
 * rounding would cost half of the digits of the small values. O(m n²) a sweep; a wide A is transposed first.
 *
 * @throws RangeError if A is empty or not finite.
 */
export function svd(a: Matrix): Svd {
  const [m, n] = shapeOf(a, "svd");
  if (m < n) {
    const {u, values, v} = svd(transpose(a));
    return {u: v, values, v: u};
  }
  if (!a.every((row) => row.every(Number.isFinite))) throw new RangeError("svd: expected finite numbers, got others");
  const columns = transpose(a).map((column) => Float64Array.from(column));
  const turned = columns.map((_, j) => Float64Array.from(columns, (__, i) => (i === j ? 1 : 0)));
  for (let sweep = 0, turns = 1; sweep < sweeps && turns > 0; ++sweep) {
    turns = 0;
    for (let p = 0; p < n - 1; ++p) for (let q = p + 1; q < n; ++q) turns += orthogonalise(columns, turned, p, q);
  }
  const order = columns.map((column, j) => ({j, length: Math.sqrt(inner(column, column))}));
  order.sort((x, y) => y.length - x.length);
  const values = order.map(({length}) => length);
  const u = complete(
    order.map(({j, length}) => columns[j].map((x) => (length > 0 ? x / length : 0))),
    values
  );
  return {
    u: transpose(u.map((column) => Array.from(column))),
    values,
    v: transpose(order.map(({j}) => Array.from(turned[j])))
  };
}

/** Turns columns p and q until they are orthogonal; 1 if they were not, to rounding. */
function orthogonalise(columns: Float64Array[], turned: Float64Array[], p: number, q: number): 0 | 1 {
  const [x, y] = [columns[p], columns[q]];
  const [alpha, beta, gamma] = [inner(x, x), inner(y, y), inner(x, y)]; // the 2 × 2 block of AᵀA
  if (Math.abs(gamma) <= Number.EPSILON * Math.sqrt(x.length * alpha * beta)) return 0;
  const tau = (beta - alpha) / (2 * gamma);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.hypot(1, tau)); // smaller root of t² + 2 τ t − 1 = 0
  const c = 1 / Math.sqrt(1 + t * t);
  turn(x, y, c, c * t);
  turn(turned[p], turned[q], c, c * t);
  return 1;
}

/** (x, y) ← (c x − s y, s x + c y). */
function turn(x: Float64Array, y: Float64Array, c: number, s: number): void {
  for (let k = 0; k < x.length; ++k) {
    const [xk, yk] = [x[k], y[k]];
    x[k] = c * xk - s * yk;
    y[k] = s * xk + c * yk;
  }
}

/** Where a singular value is zero, or below rounding, any orthonormal columns will do: unit vectors, made orthogonal. */
function complete(columns: Float64Array[], values: Vector): Float64Array[] {
  const rounding = Number.EPSILON * columns[0].length * values[0];
  const found = columns.filter((_, j) => values[j] > rounding);
  for (let i = 0; found.length < columns.length; ++i) {
    const candidate = Float64Array.from(columns[0], (_, k) => (k === i ? 1 : 0));
    for (let pass = 0; pass < 2; ++pass)
      for (const column of found) {
        const along = inner(candidate, column);
        for (let k = 0; k < candidate.length; ++k) candidate[k] -= along * column[k];
      }
    const length = Math.sqrt(inner(candidate, candidate));
    if (length > 1 / (2 * Math.sqrt(candidate.length))) found.push(candidate.map((x) => x / length));
  }
  return found;
}

function inner(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < x.length; ++k) sum += x[k] * y[k];
  return sum;
}
