/** The mean, and the standard deviation over n − 1: √(Σ (xᵢ − mean)² / (n − 1)), 0 for one number. NaN for none. */
export function meanAndDeviation(values: readonly number[]): {mean: number; deviation: number} {
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const square = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return {mean, deviation: n > 1 ? Math.sqrt(square / (n - 1)) : square};
}
