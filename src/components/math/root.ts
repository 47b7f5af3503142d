/**
 * A root of f between a and b by the method of Illinois: regula falsi that halves the value of an end which stays, so that
 * both ends move in. Dowell & Jarratt 1971. Where that is slow, every third step is a bisection.
 *
 * @returns x with an interval around it no wider than 4e-16 of |x| (or 1e-300), or f(x) = 0.
 * @throws RangeError if f(a) and f(b) have the same sign.
 */
export function root(f: (x: number) => number, a: number, b: number): number {
  let [fa, fb] = [f(a), f(b)];
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (!(fa < 0 !== fb < 0)) throw new RangeError(`root: expected opposite signs, got f(${a}) = ${fa}, f(${b}) = ${fb}`);
  for (let step = 1; step <= 400; ++step) {
    const secant = a + ((b - a) * fa) / (fa - fb);
    const inside = secant > Math.min(a, b) && secant < Math.max(a, b);
    const x = step % 3 === 0 || !inside ? (a + b) / 2 : secant;
    if (x === a || x === b || Math.abs(b - a) <= Math.max(4e-16 * Math.abs(x), 1e-300)) return x;
    const fx = f(x);
    if (fx === 0) return x;
    if (fx < 0 !== fb < 0) [a, fa] = [b, fb];
    else fa /= 2;
    [b, fb] = [x, fx];
  }
  return b;
}
