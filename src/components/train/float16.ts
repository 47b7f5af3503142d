/**
 * The IEEE 754 binary16 nearest to each value, as its 16 bits; ties go to the even one.
 * Above 65,520 in magnitude that is an infinity; below 2⁻²⁵ it is a zero of the same sign.
 */
export function toFloat16(values: Float32Array): Uint16Array {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const bits = new Uint16Array(values.length);
  for (let i = 0; i < bits.length; ++i) bits[i] = half(values[i], words[i]);
  return bits;
}

/** The values of binary16 numbers given as their bits; each is exact in float32. */
export function fromFloat16(bits: Uint16Array): Float32Array {
  const values = new Float32Array(bits.length);
  const words = new Uint32Array(values.buffer);
  for (let i = 0; i < bits.length; ++i) {
    const sign = (bits[i] & 0x8000) << 16;
    const magnitude = bits[i] & 0x7fff;
    if (magnitude >= 0x7c00) words[i] = sign | 0x7f800000 | (magnitude << 13);
    else if (magnitude >= 0x400)
      words[i] = sign | ((magnitude << 13) + (112 << 23)); // 112: the biases' difference
    else values[i] = (sign ? -1 : 1) * magnitude * 2 ** -24;
  }
  return values;
}

/** @param word the bits of `value` in float32. */
function half(value: number, word: number): number {
  const sign = (word >>> 16) & 0x8000;
  const magnitude = word & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude < 0x38800000) return sign | roundHalfToEven(Math.abs(value) * 2 ** 24); // subnormal: a multiple of 2⁻²⁴
  return sign | (roundHalfToEven(magnitude / 2 ** 13) - (112 << 10)); // a carry out of the mantissa raises the exponent
}

function roundHalfToEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
