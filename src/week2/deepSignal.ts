import {rng as seeded} from "../components/math/random.js";

/**
 * One input of N(0, 1) through `depth` ReLU layers of width n with weights of N(0, variance), every number stored in float32.
 *
 * @returns the mean square of the last layer, and the largest activation: the square of a subnormal is 0.
 */
export function lastMeanSquare(variance: number, {width, depth, seed}: {width: number; depth: number; seed: number}) {
  let h = seeded(seed).fork("input").normal(width);
  for (let l = 0; l < depth; ++l) {
    const rng = seeded(seed).fork("layer", l);
    const next = new Float32Array(width);
    for (let o = 0; o < width; ++o) {
      const w = rng.normal(width, 0, Math.sqrt(variance));
      let sum = 0;
      for (let i = 0; i < width; ++i) sum += w[i] * h[i];
      next[o] = Math.max(0, sum);
    }
    h = next;
  }
  const squares = h.map((x) => x * x); // rounded to float32, as an array library would
  return {meanSquare: squares.reduce((a, b) => a + b, 0) / width, largest: h.reduce((a, b) => Math.max(a, b), 0)};
}
