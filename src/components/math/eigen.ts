import {identity, shapeOf, transpose, type Matrix, type Vector} from "./matrix.js";

/** A = V diag(values) Vᵀ. */
export interface Eigen {
  /** From the largest to the smallest. */
  values: Vector;
  /** Column j belongs to value j; columns are orthonormal, their signs are arbitrary. */
  vectors: Matrix;
}

const sweeps = 60; // ten are plenty: convergence is quadratic

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations. Golub & Van Loan 2013, section 8.5.
 *
 * Each rotation in the plane (p, q) makes Aₚ𝑞 zero and lowers the sum of squares off the diagonal by 2 Aₚ𝑞²; a sweep visits
 * every plane once. It ends when that sum is below the rounding of ‖A‖. O(n³) a sweep.
 *
 * @throws RangeError if A is not square, not finite, or not symmetric to 1e-10 of its norm.
 */
export function eigen(a: Matrix): Eigen {
  const n = order(a);
  const work = a.map((row) => Float64Array.from(row));
  const turned = identity(n).map((row) => Float64Array.from(row)); // rows are eigenvectors: rows are what lies together
  const smallest = Number.EPSILON * size(a);
  for (let sweep = 0; sweep < sweeps && offDiagonal(work) > smallest; ++sweep)
    for (let p = 0; p < n - 1; ++p)
      for (let q = p + 1; q < n; ++q) if (Math.abs(work[p][q]) > smallest / n) rotate(work, turned, p, q);
  const sorted = work.map((row, i) => ({value: row[i], vector: turned[i]})).sort((x, y) => y.value - x.value);
  return {
    values: sorted.map(({value}) => value),
    vectors: transpose(sorted.map(({vector}) => Array.from(vector)))
  };
}

/** Makes A[p][q] zero: t = tan θ is the smaller root of t² + 2 τ t − 1 = 0, τ = (A𝑞𝑞 − Aₚₚ) / 2 Aₚ𝑞. */
function rotate(a: Float64Array[], vectors: Float64Array[], p: number, q: number): void {
  const [rowP, rowQ] = [a[p], a[q]];
  const tau = (rowQ[q] - rowP[p]) / (2 * rowP[q]);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  const [app, aqq, apq] = [rowP[p], rowQ[q], rowP[q]];
  turn(rowP, rowQ, c, s);
  for (let k = 0; k < a.length; ++k) {
    a[k][p] = rowP[k];
    a[k][q] = rowQ[k];
  }
  rowP[p] = app - t * apq;
  rowQ[q] = aqq + t * apq;
  rowP[q] = rowQ[p] = 0;
  turn(vectors[p], vectors[q], c, s);
}

/** (x, y) ← (c x − s y, s x + c y). */
function turn(x: Float64Array, y: Float64Array, c: number, s: number): void {
  for (let k = 0; k < x.length; ++k) {
    const [xk, yk] = [x[k], y[k]];
    x[k] = c * xk - s * yk;
    y[k] = s * xk + c * yk;
  }
}

function offDiagonal(a: Float64Array[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; ++i) for (let j = 0; j < i; ++j) sum += 2 * a[i][j] * a[i][j];
  return Math.sqrt(sum);
}

function order(a: Matrix): number {
  const [m, n] = shapeOf(a, "eigen");
  if (m !== n) throw new RangeError(`eigen: expected a square matrix, got ${m} × ${n}`);
  const skew = size(a.map((row, i) => row.map((x, j) => x - a[j][i])));
  if (!(skew <= 1e-10 * size(a))) throw new RangeError(`eigen: expected a symmetric matrix, got ‖A − Aᵀ‖ = ${skew}`);
  return n;
}

/** √Σ Aᵢⱼ². */
const size = (a: Matrix): number => Math.sqrt(a.reduce((sum, row) => row.reduce((all, x) => all + x * x, sum), 0));
