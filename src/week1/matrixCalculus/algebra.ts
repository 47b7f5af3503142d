import {
  add,
  build,
  determinant,
  identity,
  inverse,
  multiply,
  scale,
  shapeOf,
  trace,
  transpose,
  type Matrix
} from "../../components/math/matrix.js";

/**
 * Matrix algebra as briefly as the identities are written; columns are (n, 1) matrices. A capital letter is a matrix,
 * as on paper.
 */

export const T = transpose;
export const inv = inverse;
export const det = determinant;
export const tr = trace;
export const I = identity;
export const times = (s: number, a: Matrix): Matrix => scale(a, s);

/** A B C ⋯ */
export const mul = (...factors: Matrix[]): Matrix => factors.reduce(multiply);

/** A + B + C + ⋯ */
export const sum = (...terms: Matrix[]): Matrix => terms.reduce((a, b) => add(a, b));

export const minus = (a: Matrix, b: Matrix): Matrix => add(a, b, -1);

/** A ⊙ B, element by element. */
export const hadamard = (a: Matrix, b: Matrix): Matrix => a.map((row, i) => row.map((x, j) => x * b[i][j]));

/** A ⊗ B: each element of A times all of B. */
export function kron(a: Matrix, b: Matrix): Matrix {
  const [[m, n], [p, q]] = [shapeOf(a), shapeOf(b)];
  return build(m * p, n * q, (i, j) => a[Math.floor(i / p)][Math.floor(j / q)] * b[i % p][j % q]);
}

/** Aᵏ, k = 0, 1, 2, … */
export const power = (a: Matrix, k: number): Matrix => (k === 0 ? I(a.length) : mul(power(a, k - 1), a));

/** Σᵣ f(r) for r = 0, …, n − 1. */
export const sumOver = (n: number, f: (r: number) => Matrix): Matrix => sum(...Array.from({length: n}, (_, r) => f(r)));

/** A⁻ᵀ. */
export const invT = (a: Matrix): Matrix => transpose(inverse(a));

/** The only element of a 1 × 1 matrix. */
export const scalar = (a: Matrix): number => a[0][0];

/** √Σ Aᵢⱼ². */
export const length = (a: Matrix): number => Math.hypot(...a.flat());

/** Jⁱʲ, (m, n): 1 in row i and column j, 0 elsewhere. */
export const unit = (m: number, n: number, i: number, j: number): Matrix =>
  build(m, n, (p, q) => (p === i && q === j ? 1 : 0));

/** The blocks of a matrix side by side and one below the other. */
export const blocks = (grid: Matrix[][]): Matrix =>
  grid.flatMap((band) => band[0].map((_, i) => band.flatMap((block) => block[i])));

/** A with row i and column j left out. */
export const minor = (a: Matrix, i: number, j: number): Matrix =>
  a.filter((_, p) => p !== i).map((r) => r.filter((_, q) => q !== j));

/** adj(A)ᵢⱼ = (−1)ⁱ⁺ʲ |A without row j and column i|. */
export const adjugate = (a: Matrix): Matrix =>
  build(a.length, a.length, (i, j) => (-1) ** (i + j) * det(minor(a, j, i)));

/** The diagonal of A, the rest zero: A ⊙ I. */
export const diagonalPart = (a: Matrix): Matrix => hadamard(a, I(a.length));
