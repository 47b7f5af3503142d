import {continuedFraction} from "./continuedFraction.js";

const near = 1.5; // below it the series is short enough, above it the fraction is

/**
 * erf(x) = 2/√π ∫₀ˣ e^(−t²) dt; relative error about 1e-15.
 *
 *   erf(x) = 2/√π e^(−x²) Σₙ 2ⁿ x²ⁿ⁺¹ / (1 · 3 · 5 ⋯ (2n + 1)),   all terms of one sign; Abramowitz & Stegun 7.1.6
 */
export function erf(x: number): number {
  if (Math.abs(x) > near) return Math.sign(x) * (1 - tail(Math.abs(x)));
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); ++n) sum += term *= (2 * x * x) / (2 * n + 1);
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** 1 − erf(x), exact to 1e-14 of its size far into the right tail, where the difference itself would be lost. */
export function erfc(x: number): number {
  return x > near ? tail(x) : 1 - erf(x);
}

/** Φ(x) = ½ erfc(−x / √2), the distribution function of N(0, 1). Its inverse is `normalQuantile` of random.ts. */
export const normalCdf = (x: number): number => 0.5 * erfc(-x * Math.SQRT1_2);

/** erfc(x) for x > 0 as e^(−x²) / √π · 1/(x + ½/(x + 1/(x + 3⁄2/(x + …)))). Abramowitz & Stegun 7.1.14. */
function tail(x: number): number {
  if (x > 27) return 0; // e^(−x²) is below the least number
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / continuedFraction(x, (n) => [n / 2, x]);
}
