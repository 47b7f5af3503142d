import {build, identity, multiply, transpose, type Matrix} from "../../components/math/matrix.js";

/** √Σ_{i≠j} Aᵢⱼ²: how far a matrix is from diagonal. */
export const offDiagonal = (a: Matrix): number => Math.hypot(...a.flatMap((row, i) => row.filter((_, j) => j !== i)));

/** The root of t² + 2τt − 1 = 0 with |t| ≤ 1, without cancellation. */
export const smallerRoot = (tau: number): number => (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));

/** t = tan θ of the rotation that makes Aₚ𝑞 zero; 0 where it is zero already. */
export const rotation = (a: Matrix, p: number, q: number): number =>
  a[p][q] === 0 ? 0 : smallerRoot((a[q][q] - a[p][p]) / (2 * a[p][q]));

/** RᵀAR with the rotation by arctan t in the plane (p, q), as matrix products: to be read, not to be fast. */
export function turned(a: Matrix, p: number, q: number, t: number): Matrix {
  const c = 1 / Math.hypot(1, t);
  const r = identity(a.length);
  [r[p][p], r[p][q], r[q][p], r[q][q]] = [c, t * c, -t * c, c];
  return multiply(multiply(transpose(r), a), r);
}

/** What Jacobi's method has done so far. */
export interface JacobiState {
  matrix: Matrix;
  /** The plane that was turned last, and none before the first. */
  plane?: [p: number, q: number];
  /** off(A) before, and after each rotation. */
  history: number[];
}

export const jacobiStart = (matrix: Matrix): JacobiState => ({matrix, history: [offDiagonal(matrix)]});

/** The element of largest size above the diagonal: Jacobi's own choice, 1846. */
export function largestElement(a: Matrix): [p: number, q: number] {
  let [p, q] = [0, 1];
  for (let i = 0; i < a.length; ++i)
    for (let j = i + 1; j < a.length; ++j) if (Math.abs(a[i][j]) > Math.abs(a[p][q])) [p, q] = [i, j];
  return [p, q];
}

/** One rotation at the largest element; nothing where the matrix is diagonal to rounding. */
export function jacobiStep({matrix, plane, history}: JacobiState): JacobiState {
  if (offDiagonal(matrix) < 1e-15 * Math.hypot(...matrix.flat())) return {matrix, plane, history};
  const [p, q] = largestElement(matrix);
  const next = turned(matrix, p, q, rotation(matrix, p, q));
  const symmetric = build(next.length, next.length, (i, j) => (i === p && j === q) || (i === q && j === p) ? 0 : next[Math.min(i, j)][Math.max(i, j)]); // prettier-ignore
  return {matrix: symmetric, plane: [p, q], history: [...history, offDiagonal(symmetric)]};
}
