const word = new DataView(new ArrayBuffer(4));

/**
 * The IEEE 754 binary16 nearest to each value, as its 16 bits; ties go to the even one.
 * Above 65,520 in magnitude that is an infinity; below 2⁻²⁵ it is a zero of the same sign.
 */
export function toFloat16(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, (value) => {
    word.setFloat32(0, value);
    const bits = word.getUint32(0);
    const sign = (bits >>> 16) & 0x8000;
    const magnitude = bits & 0x7fffffff;
    if (magnitude > 0x7f800000) return sign | 0x7e00;
    if (magnitude >= 0x477ff000) return sign | 0x7c00;
    if (magnitude < 0x38800000) return sign | roundHalfToEven(Math.abs(value) * 2 ** 24); // subnormal: a multiple of 2⁻²⁴
    return sign | (roundHalfToEven(magnitude / 2 ** 13) - (112 << 10)); // a carry out of the mantissa raises the exponent
  });
}

/** The values of binary16 numbers given as their bits; each is exact in float32. */
export function fromFloat16(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, (half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >>> 10) & 31;
    const mantissa = half & 1023;
    if (exponent === 31) return mantissa ? NaN : sign * Infinity;
    if (exponent === 0) return sign * mantissa * 2 ** -24;
    return sign * (1024 + mantissa) * 2 ** (exponent - 25);
  });
}

function roundHalfToEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
