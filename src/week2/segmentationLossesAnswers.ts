import type {Verify} from "../components/ui/verify.js";
import {dice, diceGradient, iou, tversky} from "./segmentationLosses/formulas.js";

const number = (ask: string, expected: number, within = 1e-3): Verify => ({kind: "number", ask, expected, within});
const [p, g] = [[0.9, 0.8, 0.1], [1, 1, 0]]; // prettier-ignore

/** The page's exercises by their ids. */
export const answers: Record<string, Verify> = {
  "ex-dice": number("D", dice(p, g), 5e-4),
  "ex-iou": number("J", iou(p, g), 5e-4),
  "ex-convert": number("D", (2 * 0.5) / 1.5, 5e-4),
  "ex-share": number("share of the background", 0.98, 1e-3),
  "ex-all": number("D", (2 * 0.02) / 1.02, 5e-4),
  "ex-miss": number("Tversky's index", tversky([1, 0, 0, 1], [1, 1, 0, 0], 0.3, 0.7), 1e-3),
  "ex-empty": number("loss", 1 - 1 / 6, 1e-3),
  "ex-batch": number("Dice of the batch less the mean of the images", (2 * 50) / 101 - 1 / 2, 1e-3),
  "ex-code": {
    kind: "code",
    ask: "the gradient of V-Net's Dice index",
    start:
      "// p: probabilities, g: mask of 0 and 1. Returns ∂D/∂p, D with squares below.\nfunction diceGradient(p, g) {\n  return p.map(() => 0);\n}",
    cases: [
      {args: [p, g], expected: diceGradient(p, g, {squared: true}), within: 1e-9},
      {args: [[0.5, 0.5], [0, 1]], expected: diceGradient([0.5, 0.5], [0, 1], {squared: true}), within: 1e-9} // prettier-ignore
    ]
  }
};
