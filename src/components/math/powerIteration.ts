import {apply, dot, shapeOf, type Matrix, type Vector} from "./matrix.js";

/** A step of power iteration. */
export interface PowerStep {
  /** (n), of length one. */
  vector: Vector;
  /** The Rayleigh quotient vᵀ A v. */
  value: number;
  /** ‖A v − value · v‖: zero at an eigenvector. */
  residual: number;
}

/**
 * v ← A v / ‖A v‖, again and again: for a symmetric A with |λ₁| > |λ₂| it tends to ±v₁, the angle falling by |λ₂/λ₁| a
 * step and the error of the Rayleigh quotient by its square. Golub & Van Loan 2013, section 8.2.1.
 *
 * @param start (n); must not be orthogonal to v₁.
 * @returns steps + 1 states, the start first.
 * @throws RangeError if A is not square, or A v becomes zero.
 */
export function powerIteration(a: Matrix, start: Vector, steps: number): PowerStep[] {
  const [m, n] = shapeOf(a, "powerIteration");
  if (m !== n) throw new RangeError(`powerIteration: expected a square matrix, got ${m} × ${n}`);
  const states: PowerStep[] = [];
  for (let step = 0, next = start; step <= steps; ++step) {
    const length = Math.hypot(...next);
    if (!(length > 0)) throw new RangeError(`powerIteration: expected A v ≠ 0, got ‖A v‖ = ${length} in step ${step}`);
    const vector = next.map((x) => x / length);
    next = apply(a, vector);
    const value = dot(vector, next);
    states.push({vector, value, residual: Math.hypot(...next.map((x, i) => x - value * vector[i]))});
  }
  return states;
}
