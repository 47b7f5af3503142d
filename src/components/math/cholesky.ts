/** A = L Lᵀ, rows one after another. Above the diagonal nothing is read. */
export interface Cholesky {
  lower: Float64Array; // (n, n)
  order: number;
}

/**
 * The factor of a symmetric positive definite matrix, in one array: for orders of hundreds. Golub & Van Loan 2013,
 * algorithm 4.2.1; n³ / 3 multiplications.
 *
 * @param a (n, n), rows one after another; its lower triangle is read.
 * @throws RangeError if the matrix is not positive definite, or not square.
 */
export function cholesky(a: ArrayLike<number>): Cholesky {
  const n = Math.sqrt(a.length);
  if (!Number.isInteger(n) || n === 0) throw new RangeError(`cholesky: expected a square matrix, got ${a.length} numbers`); // prettier-ignore
  const lower = new Float64Array(a);
  for (let i = 0; i < n; ++i) {
    for (let j = 0; j <= i; ++j) {
      let sum = lower[i * n + j];
      for (let k = 0, p = i * n, q = j * n; k < j; ++k) sum -= lower[p++] * lower[q++];
      if (j < i) lower[i * n + j] = sum / lower[j * n + j];
      else if (sum > 0) lower[i * n + i] = Math.sqrt(sum);
      else throw new RangeError(`cholesky: expected a positive definite matrix, got the pivot ${sum} in row ${i}`);
    }
  }
  return {lower, order: n};
}

/** x with A x = b, by L y = b and Lᵀ x = y; several right sides stand one after another, (m, n). */
export function choleskySolve({lower, order: n}: Cholesky, b: Float64Array): Float64Array {
  const x = b.slice();
  for (let i = 0; i < n; ++i)
    for (let right = 0; right < x.length; right += n) {
      let sum = x[right + i];
      for (let k = right, p = i * n; k < right + i; ++k) sum -= lower[p++] * x[k];
      x[right + i] = sum / lower[i * n + i];
    }
  for (let i = n - 1; i >= 0; --i)
    for (let right = 0; right < x.length; right += n) {
      const value = (x[right + i] /= lower[i * n + i]);
      for (let k = right, p = i * n; k < right + i; ++k) x[k] -= lower[p++] * value;
    }
  return x;
}
