import {mean, sampleQuantile, variance} from "../../components/math/statistics.js";
import {choice} from "../../components/ui/ask.js";
import type {Verify} from "../../components/ui/verify.js";
import {choose} from "./chapter1.js";
import {fourLosses} from "./chapter7.js";
import {number} from "./number.js";

/** Every one of the nⁿ equally likely bootstrap samples. For small n. */
export function everySample(data: readonly number[]): number[][] {
  return data.reduce<number[][]>((samples) => samples.flatMap((sample) => data.map((x) => [...sample, x])), [[]]);
}

/** The median, the middle one of an odd number of values. */
export const median = (data: readonly number[]): number => sampleQuantile(data, 0.5);

const shareOfMiddle = mean(everySample([1, 2, 6]).map((sample) => (median(sample) === 2 ? 1 : 0)));
const varianceOfMedian = (data: readonly number[]): number => variance(everySample(data).map(median));

/** Exercises on the bootstrap. */
export const chapter8: Record<string, Verify> = {
  "ex-8-1": number("samples", choose(7, 4), 0),
  "ex-8-2": number("P(absent)", 0.9 ** 10),
  "ex-8-3": number("standard error", Math.sqrt(variance(fourLosses) / fourLosses.length)),
  "ex-8-4": number("standard error", Math.sqrt(variance([4.1, 4.7, 3.9, 5.2, 4.6]))),
  "ex-8-5": number("lower end", 2 * 10 - 13),
  "ex-8-6": choice(
    "Measured from the estimate, which end is farther away?",
    1,
    "the upper end, for both intervals",
    "the upper end of the percentile interval, the lower end of the pivotal one",
    "the lower end of the percentile interval, the upper end of the pivotal one",
    "neither: both intervals are symmetric about the estimate"
  ),
  "ex-8-7": number("distinct images", 20 * (1 - 0.95 ** 20), 1e-2),
  "ex-8-8": number("limit", 1 - Math.exp(-1)),
  "ex-8-9": number("P(median* = 2)", shareOfMiddle),
  "ex-8-10": number("B", 1 / (2 * 0.02 ** 2), 0),
  "ex-8-11": {
    kind: "code",
    ask: "The exact bootstrap variance of the median of three",
    start:
      "// data: three numbers. The variance (divided by 27) of the median over all 27 samples.\nfunction varianceOfMedian(data) {\n  return 0;\n}",
    cases: [
      {args: [[1, 2, 6]], expected: varianceOfMedian([1, 2, 6])},
      {args: [[0, 0, 1]], expected: varianceOfMedian([0, 0, 1])},
      {args: [[5, -5, 0]], expected: varianceOfMedian([5, -5, 0])},
      {args: [[4, 4, 4]], expected: 0, within: 1e-12}
    ]
  },
  "ex-8-12": number("corrected estimate", variance(fourLosses) * (1 + 1 / fourLosses.length))
};
