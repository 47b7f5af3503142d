import {add, build, multiply, scale, transpose, type Matrix, type Vector} from "./matrix.js";
import type {Rng} from "./random.js";
import {svd} from "./svd.js";

/** n independent draws of N(0, 1). */
export const randomVector = (rng: Rng, n: number): Vector => Array.from(rng.normal(n));

/** m × n independent draws of N(0, 1). */
export function randomMatrix(rng: Rng, m: number, n = m): Matrix {
  const x = rng.normal(m * n);
  return build(m, n, (i, j) => x[i * n + j]);
}

/** ½ (X + Xᵀ) of independent normal draws. */
export function randomSymmetric(rng: Rng, n: number): Matrix {
  const x = randomMatrix(rng, n);
  return scale(add(x, transpose(x)), 0.5);
}

/** n orthonormal columns of m ≥ n numbers: U Vᵀ of normal draws, uniform among all such. */
export function randomOrthonormal(rng: Rng, m: number, n = m): Matrix {
  const {u, v} = svd(randomMatrix(rng, m, n));
  return multiply(u, transpose(v));
}

/** U diag(values) Vᵀ with random orthonormal columns: a matrix whose singular values are known. */
export function withSingularValues(rng: Rng, m: number, n: number, values: Vector): Matrix {
  const [u, v] = [randomOrthonormal(rng, m, values.length), randomOrthonormal(rng, n, values.length)];
  return multiply(u.map((row) => row.map((x, j) => x * values[j])), transpose(v)); // prettier-ignore
}

/** V diag(values) Vᵀ with a random orthogonal V: a symmetric matrix whose eigenvalues are known. */
export function withEigenvalues(rng: Rng, values: Vector): Matrix {
  const v = randomOrthonormal(rng, values.length);
  const a = multiply(v.map((row) => row.map((x, j) => x * values[j])), transpose(v)); // prettier-ignore
  return scale(add(a, transpose(a)), 0.5); // symmetric to the last bit
}
