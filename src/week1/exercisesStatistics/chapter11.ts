import type {Verify} from "../../components/ui/verify.js";
import {choose} from "./chapter1.js";
import {number} from "./number.js";

/** Mean and variance of a normal mean after n draws of variance σ², x̄ their mean, from the prior N(m, v). */
export function normalPosterior(
  prior: {mean: number; variance: number},
  data: {mean: number; variance: number; n: number}
) {
  const precision = 1 / prior.variance + data.n / data.variance;
  const mean = (prior.mean / prior.variance + (data.n * data.mean) / data.variance) / precision;
  return {mean, variance: 1 / precision};
}

/** The probability of one more head from coins of known bias, each as likely as its prior, after so many heads. */
export function nextHead(biases: readonly number[], prior: readonly number[], heads: number): number {
  const weights = biases.map((p, i) => prior[i] * p ** heads);
  const total = weights.reduce((sum, w) => sum + w, 0);
  return biases.reduce((sum, p, i) => sum + (p * weights[i]) / total, 0);
}

/** P(p = ½ | k heads of n) when p is ½ or uniform, each with probability ½. */
export function fair(k: number, n: number): number {
  const [half, uniform] = [choose(n, k) / 2 ** n, 1 / (n + 1)];
  return half / (half + uniform);
}

const known = normalPosterior({mean: 0, variance: 4}, {mean: 2, variance: 1, n: 4});

/** Exercises on Bayesian inference. */
export const chapter11: Record<string, Verify> = {
  "ex-11-1": number("posterior mean", (2 + 7) / (2 + 2 + 10)),
  "ex-11-2": number("posterior mean", known.mean),
  "ex-11-3": number("posterior deviation", Math.sqrt(known.variance)),
  "ex-11-4": number("P(head)", nextHead([0.2, 0.5, 0.8], [1 / 3, 1 / 3, 1 / 3], 2)),
  "ex-11-5": number("P(the next one fails)", (0 + 1) / (8 + 2)),
  "ex-11-6": number("upper bound", 1 - 0.05 ** (1 / 21)),
  "ex-11-7": number("posterior mean", (3 + 4 + 6 + 5) / (2 + 3)),
  "ex-11-8": number("posterior mean", (0.5 + 3) / (1 + 3)),
  "ex-11-9": number("density at ψ = 0", 0.25),
  "ex-11-10": number("P(p = ½ | data)", fair(8, 10)),
  "ex-11-11": {
    kind: "code",
    ask: "The posterior mean on a grid",
    start:
      "// grid: possible values of p; prior: a weight for each, not normalised; k heads of n tosses.\nfunction posteriorMean(grid, prior, k, n) {\n  return 0;\n}",
    cases: [
      {args: [[0.5], [1], 3, 4], expected: 0.5},
      {args: [[0.2, 0.5, 0.8], [1, 1, 1], 2, 2], expected: nextHead([0.2, 0.5, 0.8], [1, 1, 1], 2)},
      {args: [[0, 1], [1, 1], 0, 5], expected: 0, within: 1e-12},
      {args: [[0.25, 0.75], [3, 1], 1, 2], expected: (3 * 0.25 + 0.75) / 4},
      {args: [[0.4, 0.6], [1, 1], 1200, 2400], expected: 0.5}
    ]
  },
  "ex-11-12": number("estimate", Math.log(4))
};
