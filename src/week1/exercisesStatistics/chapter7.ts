import {mean, sampleQuantile, variance} from "../../components/math/statistics.js";
import type {Verify} from "../../components/ui/verify.js";
import {number} from "./number.js";

/** F̂(x), the share of the data at or below x. */
export const ecdf = (data: readonly number[], x: number): number =>
  data.filter((value) => value <= x).length / data.length;

/** Half the width of the band that holds the whole of F with probability 1 − α, √(ln(2/α) / 2n). */
export const dkw = (n: number, alpha: number): number => Math.sqrt(Math.log(2 / alpha) / (2 * n));

/** The skewness of the empirical distribution, m₃ / m₂^{3/2}. */
export function skewness(data: readonly number[]): number {
  const centre = mean(data);
  const moment = (k: number) => mean(data.map((x) => (x - centre) ** k));
  return moment(3) / moment(2) ** 1.5;
}

/** What the variance feels of each observation, (x − x̄)² − σ̂². */
export const influences = (data: readonly number[]): number[] =>
  data.map((x) => (x - mean(data)) ** 2 - variance(data));

/** The mean of max(X₁, X₂) for two independent draws from the empirical distribution. */
export const meanOfMax = (data: readonly number[]): number =>
  mean(data.flatMap((x) => data.map((y) => Math.max(x, y))));

/** The runs of exercise 7.3: four losses. */
export const fourLosses = [1, 3, 5, 11];

const [first, second] = [
  {p: 0.64, n: 100},
  {p: 0.5, n: 150}
];

/** Exercises on the empirical distribution and on functionals of it. */
export const chapter7: Record<string, Verify> = {
  "ex-7-1": number("F̂(4)", ecdf([3, 1, 4, 1, 5, 9, 2, 6], 4)),
  "ex-7-2": number("standard error", Math.sqrt((0.3 * 0.7) / 50)),
  "ex-7-3": number("plug-in variance", variance(fourLosses)),
  "ex-7-4": number("F̂⁻¹(0.75)", sampleQuantile([2, 8, 1, 9, 4, 7, 3, 6], 0.75), 0),
  "ex-7-5": number("half-width", dkw(200, 0.05)),
  "ex-7-6": number("n", Math.ceil(Math.log(40) / (2 * 0.01 ** 2)), 0),
  "ex-7-7": number("covariance", (0.2 * (1 - 0.6)) / 10, 1e-6),
  "ex-7-8": number("skewness", skewness([0, 0, 0, 4])),
  "ex-7-9": number(
    "lower end",
    first.p - second.p - 1.96 * Math.sqrt((first.p * (1 - first.p)) / first.n + (second.p * (1 - second.p)) / second.n)
  ),
  "ex-7-10": {
    kind: "code",
    ask: "The largest distance of F̂ from the uniform distribution on [0, 1]",
    start:
      "// data: numbers in [0, 1], in any order. sup over x of |F̂(x) − x|.\nfunction distance(data) {\n  return 0;\n}",
    cases: [
      {args: [[0.5]], expected: 0.5},
      {args: [[0.25, 0.75]], expected: 0.25},
      {args: [[0.9, 0.1, 0.2]], expected: 2 / 3 - 0.2},
      {args: [[0.6, 0.7, 0.8, 0.9]], expected: 0.6}
    ]
  },
  "ex-7-11": number("standard error", Math.sqrt(mean(influences(fourLosses).map((l) => l * l)) / fourLosses.length)),
  "ex-7-12": number("plug-in estimate", meanOfMax([1, 2, 4]))
};
