import type {Verify} from "../components/ui/verify.js";
import {entropy, focalAt, focalGradient, huberAt, smoothedGap, smoothedTarget} from "./basicLosses/formulas.js";

const number = (ask: string, expected: number, within = 1e-3): Verify => ({kind: "number", ask, expected, within});

/** The page's exercises by their ids. */
export const answers: Record<string, Verify> = {
  "ex-constant": number("difference of the two constants", 106 / 5 - 2, 1e-6),
  "ex-huber": number("∂ℓ/∂y", huberAt(0.5).slope(-2) / 4, 1e-6),
  "ex-heads": number("ln of the odds", Math.log(9)),
  "ex-gap": number("gap", smoothedGap(1000, 0.1), 1e-2),
  "ex-floor": number("loss (nats)", entropy(smoothedTarget(4, 0, 0.2))),
  "ex-easy": number("easy records for one hard one", focalAt(0.5, 2) / focalAt(0.9, 2), 0.5),
  "ex-threshold": number("threshold", 0.9, 1e-3),
  "ex-saturated": {
    kind: "choice",
    ask: "The slope of (σ(z) − 1)² at z = −20",
    options: ["is about −1", "is about −4 · 10⁻⁹", "is exactly 0"],
    correct: 1
  },
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
  }
};
