/**
 * Sinusoidal positional encoding. Vaswani et al. 2017, section 3.5.
 *
 *   PE[p, 2i] = sin(p ωᵢ),   PE[p, 2i + 1] = cos(p ωᵢ),   ωᵢ = 10000^(−2i / D)
 *
 * PE[p + k] is PE[p] with each pair rotated by k ωᵢ, so PE[p] · PE[p + k] = Σᵢ cos(k ωᵢ) depends on the offset k alone.
 *
 * @param length how many positions p = 0, 1, …
 * @param width D, even.
 * @returns (length, D) in rows.
 * @throws RangeError if D is odd.
 */
export function sinusoids(length: number, width: number): Float64Array {
  if (width % 2) throw new RangeError(`sinusoids: expected an even width, got ${width}`);
  const table = new Float64Array(length * width);
  for (let p = 0; p < length; ++p)
    for (let i = 0; i < width; i += 2) {
      const angle = p * 10000 ** (-i / width);
      table[p * width + i] = Math.sin(angle);
      table[p * width + i + 1] = Math.cos(angle);
    }
  return table;
}
