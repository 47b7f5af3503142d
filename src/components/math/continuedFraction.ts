/**
 * b₀ + a₁/(b₁ + a₂/(b₂ + …)) by the modified method of Lentz: it goes forward, and ends when a factor is 1 to rounding.
 * Thompson & Barnett 1986, Journal of Computational Physics 64, 490.
 *
 * @param term the pair [aₙ, bₙ], for n = 1, 2, ….
 * @throws RangeError if 100,000 terms are not enough.
 */
export function continuedFraction(b0: number, term: (n: number) => [a: number, b: number]): number {
  const away = (x: number) => (x === 0 ? 1e-300 : x); // a vanishing part is moved off zero and cancels with the next
  let value = away(b0);
  let top = value;
  let bottom = 0;
  for (let n = 1; n <= 100_000; ++n) {
    const [a, b] = term(n);
    top = away(b + a / top);
    bottom = 1 / away(b + a * bottom);
    const factor = top * bottom;
    value *= factor;
    if (Math.abs(factor - 1) < 4e-16) return value;
  }
  throw new RangeError(`continuedFraction: expected 100000 terms to be enough, got ${value} so far`);
}
