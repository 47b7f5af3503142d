import {binomial} from "../../components/math/distributions/discrete.js";
import {choice} from "../../components/ui/ask.js";
import type {Verify} from "../../components/ui/verify.js";
import {number} from "./number.js";

/** Var of a sum of N terms, E N · Var C + Var N · (E C)², from [mean, variance] of N and of a term C. */
export const randomSum = ([count, spread]: [number, number], [mean, variance]: [number, number]): number =>
  count * variance + spread * mean ** 2;

/** The mean of the larger of two independent exponentials, 1/λ + 1/μ − 1/(λ + μ). */
export const laterOf = (first: number, second: number): number => 1 / first + 1 / second - 1 / (first + second);

/** The variance of Xᵏ that no line in X explains, X uniform on [0, 1]. */
export function leftByLine(k: number): number {
  const covariance = 1 / (k + 2) - 1 / (2 * (k + 1));
  return 1 / (2 * k + 1) - 1 / (k + 1) ** 2 - 12 * covariance ** 2;
}

/** The least number of gains that outweigh the losses in `steps` steps. */
const leastGains = (steps: number, gain: number, loss: number): number =>
  Math.floor((-steps * Math.log(loss)) / (Math.log(gain) - Math.log(loss))) + 1;

/** A table of two dependent variables with values 0, 1 and 0, 1, 3, and its covariance. */
const table = [
  [0.1, 0.2, 0.1],
  [0.3, 0.1, 0.2]
];
const tableCovariance = 0.1 + 3 * 0.2 - 0.6 * (0.3 + 3 * 0.3);

/** Exercises on expectation. */
export const chapter3: Record<string, Verify> = {
  "ex-3-1": number("Var X", (0.7 * 2) / 0.5 ** 2 - (0.7 / 0.5) ** 2),
  "ex-3-2": number("Var(2X − 3Y)", 4 * 4 + 9 * 1 - 12 * 0.5 * 2 * 1),
  "ex-3-3": number("E X³", 3 ** 3 / 4),
  "ex-3-4": number("Var max(0, Z)", 1 / 2 - 1 / (2 * Math.PI)),
  "ex-3-5": number("variance of the total", randomSum([4, 4], [2, 3])),
  "ex-3-6": number("mean number of classes", 10 * (1 - 0.9 ** 20)),
  "ex-3-7": number("correlation", 16 / Math.sqrt(64 * 100)),
  "ex-3-8": choice(
    "X and Y are …",
    2,
    "uncorrelated, both normal, and therefore independent",
    "correlated, since Y is computed from X",
    "uncorrelated and both normal, but not independent",
    "uncorrelated, but Y is not normal"
  ),
  "ex-3-9": {
    kind: "code",
    ask: "The covariance of the two variables",
    start: "// p[i][j] = P(X = x[i], Y = y[j])\nfunction covariance(x, y, p) {\n  return 0;\n}",
    cases: [
      {args: [[-1, 1], [-2, 2], [[0.5, 0], [0, 0.5]]], expected: 2, within: 1e-6}, // prettier-ignore
      {args: [[0, 1], [0, 1, 3], table], expected: tableCovariance, within: 1e-6},
      {args: [[1e6, 1e6 + 1], [1e6, 1e6 + 1, 1e6 + 3], table], expected: tableCovariance, within: 1e-6}
    ]
  },
  "ex-3-10": number("mean time", laterOf(1, 2)),
  "ex-3-11": number("least mean squared error", leftByLine(3)),
  "ex-3-12": number("P(weight > 1)", 1 - binomial(20, 0.5).cdf(leastGains(20, 1.5, 0.6) - 1))
};
