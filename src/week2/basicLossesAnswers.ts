import {choice, number} from "../components/ui/ask.js";
import type {Verify} from "../components/ui/verify.js";
import {focalAt, focalGradient, huberAt, smoothedFloor, smoothedGap, weightForRecall} from "./basicLosses/formulas.js";
import {fitTemperature} from "./basicLosses/temperature.js";

/** The page's exercises by their ids. */
export const answers: Record<string, Verify> = {
  "ex-constant": number("difference of the two constants", 106 / 5 - 2, 1e-6),
  "ex-huber": number("∂ℓ/∂y", huberAt(0.5).slope(-2) / 4, 1e-6),
  "ex-heads": number("ln of the odds", Math.log(9)),
  "ex-gap": number("gap", smoothedGap(1000, 0.1), 1e-2),
  "ex-floor": number("loss (nats)", smoothedFloor(4, 0.2)),
  "ex-easy": number("easy records for one hard one", focalAt(0.5, 2) / focalAt(0.9, 2), 0.5),
  "ex-threshold": number("threshold", 1 / (1 + 1 / 9), 1e-3),
  "ex-saturated": choice("The slope of (σ(z) − 1)² at z = −20", 1, "is about −1", "is about −4 · 10⁻⁹", "is exactly 0"),
  "ex-focal-code": {
    kind: "code",
    ask: "the gradient of the focal loss by the logits",
    start:
      "// z: logits of one record; label: its class. Returns the gradient, an array as long as z.\nfunction focalGradient(z, label, gamma) {\n  return z.map(() => 0);\n}",
    cases: (
      [
        [[0, 0], 0, 2],
        [[1, -1, 0.5], 2, 2],
        [[0.3, 2, -1, 0], 1, 0]
      ] as [number[], number, number][]
    ).map((args) => ({args, expected: focalGradient(...args), within: 1e-9}))
  },
  "ex-recall": {
    kind: "code",
    ask: "the least weight of the positives with which a share of them is called positive",
    start:
      "// posteriors: π of each positive of a validation set; share: how many of them to call positive, 0 to 1.\nfunction weightForRecall(posteriors, share) {\n  return 0.5;\n}",
    cases: (
      [
        [[0.9, 0.5, 0.2, 0.1, 0.05], 0.8],
        [[0.02, 0.3, 0.1, 0.6], 0.5],
        [[0.4, 0.01, 0.07], 1],
        [[0.03, 0.2, 0.6, 0.09, 0.11, 0.3, 0.04], 0.75]
      ] as [number[], number][]
    ).map((args) => ({args, expected: weightForRecall(...args), within: 1e-9}))
  },
  "ex-temperature": number("T", smoothedGap(10, 0.1) / Math.log(891), 2e-3),
  "ex-temperature-code": {
    kind: "code",
    ask: "the temperature of the least negative log-likelihood, to three digits",
    start:
      "// logits: an array of rows; labels: the class of each row. Returns T > 0.\nfunction fitTemperature(logits, labels) {\n  return 1;\n}",
    cases: (
      [
        [[[2, 0], [2, 0], [0, 2], [2, 0]], [0, 0, 1, 1]], // prettier-ignore
        [[[5, 0, -1], [4, 3, 0], [0, 6, 1], [-2, 1, 5], [3, 3.5, 0]], [0, 1, 1, 2, 0]], // prettier-ignore
        [[[0.3, 0], [0.1, 0.2], [0, 0.4], [0.2, 0.1], [0.5, 0]], [0, 1, 1, 1, 0]] // prettier-ignore
      ] as [number[][], number[]][]
    ).map(([logits, labels]) => {
      const flat = {data: logits.flat(), shape: [logits.length, logits[0].length]};
      return {args: [logits, labels], expected: fitTemperature(flat, labels), within: 2e-3};
    })
  }
};
