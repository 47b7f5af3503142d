import {choice, number} from "../components/ui/ask.js";
import type {Verify} from "../components/ui/verify.js";
import {correlationFor} from "./informationTheory/correlated.js";
import {shares} from "./informationTheory/entropies.js";
import {entropy} from "./probabilityKl/tables.js";

/** Weather by forecast, of 100 days: rain 20 + 10, sun 5 + 65. */
const weather = shares([
  [0.2, 0.1],
  [0.05, 0.65]
]);

/** The page's exercises by their ids. */
export const answers: Record<string, Verify> = {
  "ex-die": number("bits", Math.log2(6)),
  "ex-code-length": number("bits a symbol", 1.75, 1e-6),
  "ex-weather": number("I (nats)", weather.mutual, 5e-4),
  "ex-parity": number("I(X; Z | Y) in bits", 1, 1e-6),
  "ex-repeat": number("I (bits)", (Math.LN2 - entropy([0.1 * 0.9 * 2, 1 - 0.1 * 0.9 * 2])) / Math.LN2, 5e-4),
  "ex-waiting": number("h (nats)", 1 + Math.log(2)),
  "ex-maximum": choice(
    "On x ≥ 0 with a given mean the entropy is greatest for",
    1,
    "the uniform density",
    "the exponential density",
    "the half of a normal"
  ),
  "ex-correlation": number("ρ", correlationFor(2, 1), 1e-3),
  "ex-negatives": number("N", Math.ceil(Math.exp(8)), 0),
  "ex-uniform-loss": number("L (nats)", Math.log(256)),
  "ex-left-out": choice(
    "What is wrong",
    1,
    "nothing: the estimate may exceed ln N when the critic is good",
    "the true candidate is missing below the line",
    "the critic is not normalised"
  ),
  "ex-write": {
    kind: "code",
    ask: "InfoNCE of a square array of scores",
    start:
      "// scores[i][j]: context i with candidate j; the true ones are scores[i][i]. The mean loss in nats.\nfunction infoNce(scores) {\n  return 0;\n}",
    cases: [
      {args: [[[0, 0], [0, 0]]], expected: Math.LN2, within: 1e-9}, // prettier-ignore
      {args: [[[1, 0, 2], [0, 3, 1], [1, 1, 1]]], expected: reference([[1, 0, 2], [0, 3, 1], [1, 1, 1]]), within: 1e-9}, // prettier-ignore
      {args: [[[1000, 0], [0, 1000]]], expected: 0, within: 1e-9} // prettier-ignore
    ]
  }
};

function reference(scores: number[][]): number {
  const losses = scores.map((row, i) => Math.log(row.reduce((sum, s) => sum + Math.exp(s), 0)) - row[i]);
  return losses.reduce((a, b) => a + b) / losses.length;
}
