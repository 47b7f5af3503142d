/**
 * Derivatives by central differences in float64: the error is about h² |f‴| / 6 from the formula plus 1e-16 |f| / h from
 * rounding, smallest near h = 1e-5, where both are about 1e-11. The function must be smooth within h.
 */

/** ∂f/∂xᵢ ≈ [f(x + h eᵢ) − f(x − h eᵢ)] / 2h, for a scalar f of a vector. */
export function numericGradient(f: (x: number[]) => number, x: readonly number[], h = 1e-5): number[] {
  return numericJacobian((at) => [f(at)], x, h)[0];
}

/** J[i][j] = ∂fᵢ/∂xⱼ, for f from n numbers to m: an m × n matrix. */
export function numericJacobian(f: (x: number[]) => number[], x: readonly number[], h = 1e-5): number[][] {
  const columns = x.map((_, j) => numericDirectional(f, x, unit(x.length, j), h));
  return f([...x]).map((_, i) => columns.map((column) => column[i]));
}

/** The derivative of f at x along v, J v ≈ [f(x + h v) − f(x − h v)] / 2h: two evaluations, whatever n. */
export function numericDirectional(
  f: (x: number[]) => number[],
  x: readonly number[],
  v: readonly number[],
  h = 1e-5
): number[] {
  if (v.length !== x.length)
    throw new RangeError(`numericDirectional: expected a direction of ${x.length} numbers, got ${v.length}`);
  const ahead = f(x.map((xi, i) => xi + h * v[i]));
  const behind = f(x.map((xi, i) => xi - h * v[i]));
  return ahead.map((y, i) => (y - behind[i]) / (2 * h));
}

const unit = (n: number, j: number): number[] => Array.from({length: n}, (_, i) => (i === j ? 1 : 0));
