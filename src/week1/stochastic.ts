import type {Vector} from "../components/math/matrix.js";
import type {Rng} from "../components/math/random.js";

/** SGD on ½ a x² with gradient a x + σ ξ, ξ of mean 0 and variance 1. */
export interface Noisy {
  curvature: number;
  sigma: number;
}

/** η_k for step k = 1, 2, … */
export type Rate = (k: number) => number;

/** η / (1 + k / K): halved after K steps, then about ηK / k. */
export const decayed =
  (rate: number, half: number): Rate =>
  (k) =>
    rate / (1 + (k - 1) / half);

/** E x_k² for k = 0, …, steps by E x² ← (1 − ηa)² E x² + η²σ². */
export function expectedSquares({curvature, sigma}: Noisy, start: number, rate: Rate, steps: number): number[] {
  const list = [start * start];
  for (let k = 1; k <= steps; ++k) list.push((1 - rate(k) * curvature) ** 2 * list[k - 1] + (rate(k) * sigma) ** 2);
  return list;
}

/** E x² of the stationary distribution at a constant rate: ησ² / (a (2 − ηa)), infinite at ηa ≥ 2. */
export const floorOf = ({curvature: a, sigma}: Noisy, rate: number): number =>
  rate * a < 2 ? (rate * sigma ** 2) / (a * (2 - rate * a)) : Infinity;

/**
 * The mean of x_k² over independent chains, k = 0, …, steps, and the path of the first chain.
 *
 * @param noise (steps, chains): ξ of mean 0 and variance 1, drawn beforehand so that rates can be compared on one noise.
 */
export function simulate(
  {curvature, sigma}: Noisy,
  noise: ArrayLike<number>,
  {start, rate, chains}: {start: number; rate: Rate; chains: number}
): {squares: Vector; first: Vector} {
  const x = new Float64Array(chains).fill(start);
  const mean = () => x.reduce((sum, value) => sum + value * value, 0) / chains;
  const [squares, first] = [[mean()], [start]];
  for (let k = 1; k * chains <= noise.length; ++k) {
    const eta = rate(k);
    for (let c = 0; c < chains; ++c) x[c] -= eta * (curvature * x[c] + sigma * noise[(k - 1) * chains + c]);
    squares.push(mean());
    first.push(x[0]);
  }
  return {squares, first};
}

/** E x_k² over all 2^k sequences of noise ±σ, each equally likely: no sampling, so no sampling error. */
export function enumeratedSquare({curvature, sigma}: Noisy, start: number, rates: number[]): number {
  const walk = (x: number, k: number): number => {
    if (k === rates.length) return x * x;
    const step = (sign: number) => walk(x - rates[k] * (curvature * x + sign * sigma), k + 1);
    return (step(1) + step(-1)) / 2;
  };
  return walk(start, 0);
}

/** Mean and variance (÷ N) of a list. */
export function moments(values: Vector): {mean: number; variance: number} {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return {mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length};
}

/** The means of all batches of B of the values: every sequence with replacement, or every subset without. */
export function allBatchMeans(values: Vector, size: number, replacement: boolean): Vector {
  const means: number[] = [];
  const choose = (from: number, left: number, sum: number) => {
    if (left === 0) means.push(sum / size);
    else for (let i = replacement ? 0 : from; i < values.length; ++i) choose(i + 1, left - 1, sum + values[i]);
  };
  choose(0, size, 0);
  return means;
}

/** Var of the mean of a batch of B of N values of variance σ² (÷ N): σ²/B, times (N − B)/(N − 1) without replacement. */
export const batchVariance = (variance: number, size: number, count: number, replacement: boolean): number =>
  (variance / size) * (replacement ? 1 : (count - size) / (count - 1));

/** The variance of the means of so many drawn batches about the true mean. */
export function drawnVariance(
  values: Vector,
  size: number,
  {replacement, draws, rng}: {replacement: boolean; draws: number; rng: Rng}
): number {
  const {mean} = moments(values);
  const pool = [...values];
  let sum = 0;
  for (let draw = 0; draw < draws; ++draw) {
    let total = 0;
    for (let i = 0; i < size; ++i) {
      const j = replacement ? Math.floor(rng.next() * pool.length) : i + Math.floor(rng.next() * (pool.length - i));
      if (!replacement) [pool[i], pool[j]] = [pool[j], pool[i]]; // the first i + 1 of a random ordering
      total += replacement ? pool[j] : pool[i];
    }
    sum += (total / size - mean) ** 2;
  }
  return sum / draws;
}
