import type {Matrix, Vector} from "./matrix.js";

/** Σ xᵢ / n. @throws RangeError if there is no number. */
export function mean(x: ArrayLike<number>): number {
  if (x.length === 0) throw new RangeError("mean: expected at least one number, got none");
  let sum = 0;
  for (let i = 0; i < x.length; ++i) sum += x[i];
  return sum / x.length;
}

/**
 * Σ (xᵢ − x̄)² / (n − less): the maximum-likelihood estimate of a variance with less = 0, the unbiased one with less = 1.
 *
 * @throws RangeError if there are not more numbers than `less`.
 */
export function variance(x: ArrayLike<number>, less: 0 | 1 = 0): number {
  if (x.length <= less) throw new RangeError(`variance: expected more than ${less} numbers, got ${x.length}`);
  const middle = mean(x);
  let sum = 0;
  for (let i = 0; i < x.length; ++i) sum += (x[i] - middle) ** 2;
  return sum / (x.length - less);
}

/** Σ (xᵢ − x̄)(yᵢ − ȳ) / (n − less). @throws RangeError if the lengths differ, or as `variance`. */
export function covariance(x: ArrayLike<number>, y: ArrayLike<number>, less: 0 | 1 = 0): number {
  if (x.length !== y.length) throw new RangeError(`covariance: expected ${x.length} numbers, got ${y.length}`);
  if (x.length <= less) throw new RangeError(`covariance: expected more than ${less} numbers, got ${x.length}`);
  const [mx, my] = [mean(x), mean(y)];
  let sum = 0;
  for (let i = 0; i < x.length; ++i) sum += (x[i] - mx) * (y[i] - my);
  return sum / (x.length - less);
}

/** The covariance of each pair of columns of (n, k) rows. */
export function covarianceMatrix(rows: readonly Vector[], less: 0 | 1 = 0): Matrix {
  const columns = rows[0].map((_, j) => rows.map((row) => row[j]));
  return columns.map((x) => columns.map((y) => covariance(x, y, less)));
}

/** Cov(x, y) / √(Var x Var y), in [−1, 1]; NaN if one of them is constant. */
export const correlation = (x: ArrayLike<number>, y: ArrayLike<number>): number =>
  covariance(x, y) / Math.sqrt(variance(x) * variance(y));

/**
 * The least of the xᵢ with at least a share p of them at or below it: the quantile of the empirical distribution.
 *
 * @throws RangeError unless 0 ≤ p ≤ 1 and there is a number.
 */
export function sampleQuantile(x: ArrayLike<number>, p: number): number {
  if (!(p >= 0 && p <= 1) || x.length === 0)
    throw new RangeError(`sampleQuantile: expected numbers and 0 ≤ p ≤ 1, got ${x.length} numbers and p = ${p}`);
  const sorted = Float64Array.from(x).sort();
  return sorted[Math.max(0, Math.ceil(p * x.length - 1e-12 * x.length) - 1)];
}
