import {build, type Matrix} from "../../components/math/matrix.js";
import type {Svd} from "../../components/math/svd.js";

/** A_k = Σ_{i ≤ k} σᵢ uᵢ vᵢᵀ, the nearest matrix of rank k. */
export function truncated({u, values, v}: Svd, k: number): Matrix {
  return build(u.length, v.length, (i, j) => {
    let sum = 0;
    for (let r = 0; r < k; ++r) sum += values[r] * u[i][r] * v[j][r];
    return sum;
  });
}

/** √Σ_{i > k} σᵢ², the Frobenius distance from A to A_k. */
export const tail = (values: readonly number[], k: number): number => Math.hypot(...values.slice(k));

/** A colour image as a matrix of H rows and 3W columns: red, green and blue beside each other. */
export const imageMatrix = (pixels: ArrayLike<number>, height: number, width: number): Matrix =>
  build(height, 3 * width, (i, j) => pixels[3 * (i * width + (j % width)) + Math.floor(j / width)]);

/** The matrix as an image again, rounded and kept to bytes. */
export function matrixImage(a: Matrix): Uint8Array {
  const width = a[0].length / 3;
  return Uint8Array.from({length: 3 * width * a.length}, (_, n) => {
    const [pixel, channel] = [Math.floor(n / 3), n % 3];
    const value = a[Math.floor(pixel / width)][channel * width + (pixel % width)];
    return Math.min(255, Math.max(0, Math.round(value)));
  });
}
