import {density, quantile} from "../../components/math/distribution.js";
import {beta} from "../../components/math/distributions/gammaFamily.js";
import {drawBeta, drawBinomial, drawExponential, drawOpen} from "../../components/math/draws.js";
import {rng, type Rng} from "../../components/math/random.js";
import {mean, sampleQuantile, variance} from "../../components/math/statistics.js";
import type {Point} from "../../components/plots/series.js";
import {dkw} from "./chapter7.js";

const repetitions = 200;

/** F of Gamma(2, 1), the sum of two exponentials: 1 − e⁻ˣ (1 + x). */
export const gammaTwo = (x: number): number => (x > 0 ? 1 - Math.exp(-x) * (1 + x) : 0);

const sorted = (n: number, stream: Rng): Float64Array =>
  Float64Array.from({length: n}, () => drawExponential(stream) + drawExponential(stream)).sort();

/** sup |F̂ − F|: it is at an observation, on one side of the jump or the other. */
export const farthest = (data: Float64Array, f: (x: number) => number): number =>
  data.reduce((most, x, i) => Math.max(most, (i + 1) / data.length - f(x), f(x) - i / data.length), 0);

/** An empirical distribution function of n draws from Gamma(2, 1) with its 95 % band, and how often such bands hold F. */
export function bandOf(n: number, seed: number) {
  const data = sorted(n, rng(seed).fork("band"));
  const half = dkw(n, 0.05);
  const levels = [...data].flatMap((x, i): Point[] => [[x, i / n], [x, (i + 1) / n]]); // prettier-ignore
  const steps: Point[] = [[0, 0], ...levels, [Math.max(8, data[n - 1]), 1]];
  const moved = (by: number) => steps.map(([x, y]): Point => [x, Math.min(1, Math.max(0, y + by))]);
  const held = Array.from({length: repetitions}, (_, i) => sorted(n, rng(seed).fork("again", i)));
  return {
    ...{steps, half, lower: moved(-half), upper: moved(half)},
    truth: Array.from({length: 161}, (_, i): Point => [i / 20, gammaTwo(i / 20)]),
    distance: farthest(data, gammaTwo),
    held: held.filter((each) => farthest(each, gammaTwo) <= half).length
  };
}

/** Statistics of n draws from the exponential distribution of mean 1, and what they estimate. */
export const statistics: Record<string, {of: (data: Float64Array) => number; truth: (n: number) => number}> = {
  mean: {of: mean, truth: () => 1},
  median: {of: (data) => sampleQuantile(data, 0.5), truth: () => Math.LN2},
  maximum: {
    of: (data) => data.reduce((most, x) => Math.max(most, x)),
    truth: (n) => Array.from({length: n}, (_, i) => 1 / (i + 1)).reduce((sum, term) => sum + term)
  },
  "standard deviation": {of: (data) => Math.sqrt(variance(data, 1)), truth: () => 1}
};

const replications = 1000;

/** A statistic of a thousand bootstrap samples of one data set, with three intervals of level 95 %. */
export function bootstrapOf(name: string, n: number, seed: number) {
  const {of, truth} = statistics[name];
  const stream = rng(seed).fork("bootstrap");
  const data = Float64Array.from({length: n}, () => drawExponential(stream));
  const values = Float64Array.from({length: replications}, () => {
    const rows = stream.integers(n, n);
    return of(data.map((_, i) => data[rows[i]]));
  });
  const [estimate, error] = [of(data), Math.sqrt(variance(values))];
  const [low, high] = [sampleQuantile(values, 0.025), sampleQuantile(values, 0.975)];
  return {
    ...{values, estimate, error, truth: truth(n)},
    normal: [estimate - 1.96 * error, estimate + 1.96 * error] as const,
    percentile: [low, high] as const,
    pivotal: [2 * estimate - high, 2 * estimate - low] as const
  };
}

/** Prior and posterior of a coin's bias after n tosses, and how many of 200 coins from the prior their intervals hold. */
export function coinOf({a, b, n}: {a: number; b: number; n: number}, seed: number) {
  const stream = rng(seed).fork("coin");
  const bias = drawOpen(stream);
  const tosses = Array.from({length: 300}, () => (drawOpen(stream) < bias ? 1 : 0));
  const heads = tosses.slice(0, n).reduce<number>((sum, toss) => sum + toss, 0);
  const [prior, posterior] = [beta(a, b), beta(a + heads, b + n - heads)];
  const points = (d: typeof prior) =>
    Array.from({length: 199}, (_, i): Point => [(i + 1) / 200, density(d, (i + 1) / 200)]);
  return {
    ...{bias, heads, mean: posterior.mean, prior: points(prior), posterior: points(posterior)},
    interval: [quantile(posterior, 0.025), quantile(posterior, 0.975)] as const,
    held: Array.from({length: repetitions}, (_, i) => covers({a, b, n}, rng(seed).fork("coins", i))).filter(Boolean)
      .length
  };
}

/** Whether the 95 % credible interval of a coin drawn from the prior holds its bias. */
function covers({a, b, n}: {a: number; b: number; n: number}, stream: Rng): boolean {
  const bias = drawBeta(stream, a, b);
  const heads = drawBinomial(stream, n, bias);
  const below = beta(a + heads, b + n - heads).cdf(bias); // within the interval if its rank is
  return below >= 0.025 && below <= 0.975;
}
