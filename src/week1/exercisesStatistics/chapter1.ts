import {choice} from "../../components/ui/ask.js";
import type {Verify} from "../../components/ui/verify.js";
import {number} from "./number.js";

/** n! / (k! (n − k)!), exact for the small numbers here. */
export const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);

/** The probability that a shuffle of n keeps nothing in its place, Σ (−1)ᵏ/k!. */
export function derangement(n: number): number {
  let [sum, term] = [0, 1];
  for (let k = 0; k <= n; term /= -++k) sum += term;
  return sum;
}

/** The probability that n draws from `classes` equally likely ones meet all of them, by inclusion and exclusion. */
export function allClasses(n: number, classes: number): number {
  let sum = 0;
  for (let k = 0; k <= classes; ++k) sum += (-1) ** k * choose(classes, k) * (1 - k / classes) ** n;
  return sum;
}

/** The probability of `goal` before 0 from `start`, a step up having probability `up` ≠ ½. */
export function reaches(goal: number, start: number, up: number): number {
  const ratio = (1 - up) / up;
  return (ratio ** start - 1) / (ratio ** goal - 1);
}

const [wrongA, wrongB, wrongC] = [0.6 * 0.02, 0.3 * 0.05, 0.1 * 0.12];

/** Four observations whose probabilities multiply to less than any float64; the first hypothesis gains 16 to 1. */
const faint = Array.from({length: 4}, () => [1e-100, 5e-101]);

/** Exercises on probability. */
export const chapter1: Record<string, Verify> = {
  "ex-1-1": number("P(exactly one)", 2 * 0.85 - 0.7 - 0.5),
  "ex-1-2": number("P(all different)", (10 * 9 * 8 * 7) / 1e4),
  "ex-1-3": number("P(majority right)", 3 * 0.8 ** 2 * 0.2 + 0.8 ** 3),
  "ex-1-4": number("P(C | wrong)", wrongC / (wrongA + wrongB + wrongC)),
  "ex-1-5": choice(
    "The three events are …",
    1,
    "independent in pairs and all together",
    "independent in pairs, but not all together",
    "not even independent in pairs, since Z is computed from X and Y"
  ),
  "ex-1-6": number("P(no label in its place)", derangement(6)),
  "ex-1-7": number("P(exactly two | at least two)", choose(8, 2) / (2 ** 8 - 1 - 8)),
  "ex-1-8": number("P(A answers)", 0.3 / (1 - 0.7 * 0.6)),
  "ex-1-9": {
    kind: "code",
    ask: "The posterior probabilities of the hypotheses",
    start:
      "// prior[i]: probability of hypothesis i; observations[t][i]: probability of observation t under i.\n" +
      "function posterior(prior, observations) {\n  return prior;\n}",
    cases: [
      {args: [[0.2, 0.8], []], expected: [0.2, 0.8], within: 1e-9},
      {args: [[0.6, 0.3, 0.1], [[0.02, 0.05, 0.12]]], expected: [12 / 39, 15 / 39, 12 / 39], within: 1e-9},
      {args: [[0.5, 0.5], [[0.3, 0.6], [0.2, 0.1], [0, 0.4]]], expected: [0, 1], within: 1e-9}, // prettier-ignore
      {args: [[0.1, 0.9], faint], expected: [16 / 25, 9 / 25], within: 1e-9}
    ]
  },
  "ex-1-10": number("accuracy of A − accuracy of B", 0.4 * (0.95 - 0.9) + 0.6 * (0.6 - 0.5)),
  "ex-1-11": number("P(every class occurs)", allClasses(20, 5)),
  "ex-1-12": number("P(ends at 10)", reaches(10, 3, 0.45))
};
