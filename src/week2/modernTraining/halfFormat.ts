import {normalCdf} from "../../components/math/errorFunction.js";
import {fromFloat16, toFloat16} from "../../components/train/float16.js";

/** Numbers of float16: 1 bit of sign, 5 of exponent, 10 of mantissa. */
export const limits = {
  largest: 65504, // (2 − 2⁻¹⁰) 2¹⁵
  leastNormal: 2 ** -14,
  leastSubnormal: 2 ** -24,
  /** Up to here in size a number becomes 0. */
  underflow: 2 ** -25,
  /** From here on in size a number becomes infinite. */
  overflow: 65520
};

/** The number of float16 nearest to x. */
export const stored = (x: number): number => fromFloat16(toFloat16(Float32Array.of(x)))[0];

/** All finite numbers of float16 that are not negative, in order. */
export const allOf = (): Float32Array => fromFloat16(Uint16Array.from({length: 0x7c00}, (_, i) => i));

/** The distance from |x| to the next larger number of float16: 2^(max(⌊log₂|x|⌋, −14) − 10). */
export function spacing(x: number): number {
  let exponent = -14;
  while (2 ** (exponent + 1) <= Math.abs(x)) ++exponent;
  return 2 ** (exponent - 10);
}

/** Gradients whose logarithm to base 2 is N(mean, deviation²), scaled by 2^k: the share that becomes 0, and infinite. */
export const lost = (mean: number, deviation: number, k: number) => ({
  zero: normalCdf((Math.log2(limits.underflow) - mean - k) / deviation),
  infinite: normalCdf((mean + k - Math.log2(limits.overflow)) / deviation)
});

/**
 * Dynamic loss scaling against gradients whose largest overflows above a fixed scale: which of the steps are skipped, and the
 * scale at each.
 *
 * @param interval good steps until the scale is multiplied by `growth`; it is multiplied by `backoff` at a skipped one.
 */
export function dynamicScale(
  steps: number,
  {start, most, interval, growth = 2, backoff = 0.5}: {start: number; most: number; interval: number; growth?: number; backoff?: number} // prettier-ignore
): {skipped: boolean[]; scales: number[]} {
  let [scale, kept] = [start, 0];
  const skipped: boolean[] = [];
  const scales: number[] = [];
  for (let t = 0; t < steps; ++t) {
    scales.push(scale);
    skipped.push(scale > most);
    if (scale > most) [scale, kept] = [scale * backoff, 0];
    else if (++kept === interval) [scale, kept] = [scale * growth, 0];
  }
  return {skipped, scales};
}
