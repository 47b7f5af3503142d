import {density, probability} from "../../components/math/distribution.js";
import {normal} from "../../components/math/distributions/continuous.js";
import {poisson} from "../../components/math/distributions/discrete.js";
import type {Verify} from "../../components/ui/verify.js";
import {number} from "./number.js";

/** The probability that n uniform numbers lie within r of one another, n rⁿ⁻¹ − (n − 1) rⁿ. */
export const rangeWithin = (n: number, r: number): number => n * r ** (n - 1) - (n - 1) * r ** n;

/** The probability that two standard normals of this correlation are both positive. */
export const bothPositive = (correlation: number): number => 1 / 4 + Math.asin(correlation) / (2 * Math.PI);

/** The truncated powers of exercise 2: ∫₁ᵇ x⁻³ dx, twice. */
const cut = (b: number): number => 1 - b ** -2;

/** Exercises on random variables. */
export const chapter2: Record<string, Verify> = {
  "ex-2-1": number("P(1 < X ≤ 2)", 3 / 4 - 1 / 8),
  "ex-2-2": number("P(X ≤ 2)", cut(2) / cut(4)),
  "ex-2-3": number("P(1 < X ≤ 6)", probability(normal(3, 2), 1, 6)),
  "ex-2-4": number("P(two are logged)", density(poisson(6 * 0.25), 2)),
  "ex-2-5": {
    kind: "text",
    ask: "name of the family",
    accepts: (text) => /^((an?|the) )?(neg\w* )?exp(o|\b)/i.test(text)
  },
  "ex-2-6": number("density of Y at 0.25", 1 / (3 * Math.sqrt(0.25))),
  "ex-2-7": number("P(Y < X)", ((6 / 5) * 2) / 4),
  "ex-2-8": number("P(Y ≤ 1/2 | X = 1/2)", (0.5 / 4 + 0.5 ** 2 / 2) / (1 / 4 + 1 / 2)),
  "ex-2-9": {
    kind: "code",
    ask: "The probabilities of X + Y",
    start:
      "// p[i] = P(X = i), q[j] = P(Y = j); independent.\nfunction sumOfCounts(p, q) {\n  return p.map((a, i) => a * q[i]);\n}",
    cases: [
      {args: [[1], [0.2, 0.8]], expected: [0.2, 0.8], within: 1e-9},
      {args: [[0.5, 0.5], [0.5, 0.5]], expected: [0.25, 0.5, 0.25], within: 1e-9}, // prettier-ignore
      {args: [[0.1, 0.2, 0.7], [0.6, 0, 0, 0.4]], expected: [0.06, 0.12, 0.42, 0.04, 0.08, 0.28], within: 1e-9} // prettier-ignore
    ]
  },
  "ex-2-10": number("P(range ≤ 1/2)", rangeWithin(4, 1 / 2)),
  "ex-2-11": number("P(the first is the largest)", Math.E / (Math.E + 2)),
  "ex-2-12": number("P(both positive)", bothPositive(0.6))
};
