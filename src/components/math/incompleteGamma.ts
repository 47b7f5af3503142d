import {continuedFraction} from "./continuedFraction.js";
import {logGamma} from "./logGamma.js";

/**
 * The regularised incomplete gamma function, the distribution function of Gamma(a, 1); about 1e-13 for a up to 1000.
 *
 *   P(a, x) = 1/Γ(a) ∫₀ˣ tᵃ⁻¹ e⁻ᵗ dt,   Q = 1 − P
 *
 * Left of the mode by the series of Abramowitz & Stegun 6.5.29, right of it by the continued fraction for Q, 6.5.31.
 *
 * @throws RangeError unless a > 0 and x ≥ 0.
 */
export function lowerGamma(a: number, x: number): number {
  inside("lowerGamma", a, x);
  if (x === 0) return 0;
  return x < a + 1 ? series(a, x) : 1 - fraction(a, x);
}

/** Q(a, x) = 1 − P(a, x), exact in its own size in the right tail. */
export function upperGamma(a: number, x: number): number {
  inside("upperGamma", a, x);
  if (x === 0) return 1;
  return x < a + 1 ? 1 - series(a, x) : fraction(a, x);
}

/** xᵃ e⁻ˣ / Γ(a + 1) · (1 + x/(a + 1) + x²/((a + 1)(a + 2)) + …). */
function series(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > 1e-17 * sum; ++n) sum += term *= x / (a + n);
  return Math.exp(a * Math.log(x) - x - logGamma(a + 1)) * sum;
}

/** xᵃ e⁻ˣ / Γ(a) · 1/(x + 1 − a − 1(1 − a)/(x + 3 − a − 2(2 − a)/(x + 5 − a − …))). */
function fraction(a: number, x: number): number {
  if (x === Infinity) return 0;
  const below = continuedFraction(x + 1 - a, (n) => [n * (a - n), x + 2 * n + 1 - a]);
  return Math.exp(a * Math.log(x) - x - logGamma(a)) / below;
}

function inside(caller: string, a: number, x: number): void {
  if (!(a > 0 && x >= 0)) throw new RangeError(`${caller}: expected a > 0 and x ≥ 0, got a = ${a} and x = ${x}`);
}
