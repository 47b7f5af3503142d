/**
 * Elementary functions from + − × ÷ and √ alone, the operations that IEEE 754 rounds identically everywhere.
 * `Math.log`, `Math.sin` and their like may differ in the last bit between engines; what a seed produces must not.
 */

const bits = new DataView(new ArrayBuffer(8));

/**
 * The natural logarithm of a positive normal number; relative error below 1e-15.
 *
 *   ln x = e ln 2 + 2 artanh(s),   x = m 2ᵉ,  √½ ≤ m < √2,  s = (m − 1) / (m + 1)
 */
export function log(x: number): number {
  bits.setFloat64(0, x);
  const head = bits.getUint32(0);
  let exponent = (head >>> 20) - 1023;
  bits.setUint32(0, (head & 0xfffff) | 0x3ff00000);
  let mantissa = bits.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    ++exponent;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  let series = 0;
  for (let k = 23; k >= 1; k -= 2) series = series * s * s + 1 / k; // |s| < 0.172: the next term is below 1e-19
  return exponent * Math.LN2 + 2 * s * series;
}

/** [cos 2πt, sin 2πt] for any t, in turns: the octant is exact and the series runs on |angle| ≤ π/4. */
export function circle(turns: number): [cosine: number, sine: number] {
  const t = turns - Math.floor(turns);
  const quarter = Math.floor(4 * t + 0.5);
  const a = (t - quarter / 4) * 2 * Math.PI;
  const square = a * a;
  let cosine = 0;
  let sine = 0;
  for (let k = 8; k >= 0; --k) {
    cosine = 1 - (square / ((2 * k + 1) * (2 * k + 2))) * cosine;
    sine = 1 - (square / ((2 * k + 2) * (2 * k + 3))) * sine;
  }
  sine *= a;
  switch (quarter % 4) {
    case 0:
      return [cosine, sine];
    case 1:
      return [-sine, cosine];
    case 2:
      return [-cosine, -sine];
    default:
      return [sine, -cosine];
  }
}
