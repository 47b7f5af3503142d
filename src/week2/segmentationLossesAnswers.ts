import {number} from "../components/ui/ask.js";
import type {Verify} from "../components/ui/verify.js";
import {backgroundPart, constant, dice, diceGradient, iou, pulls, tversky} from "./segmentationLosses/formulas.js";
import {boundaryF1, lovasz} from "./segmentationLosses/masks.js";

const [p, g] = [[0.9, 0.8, 0.1], [1, 1, 0]]; // prettier-ignore
const [half, rare] = [constant(100, 0.02, 0.5), constant(100, 0.02, 1)];
const found = Array<number>(50).fill(1);
/** The square of the rows and columns from `low` to `high` in an image of 7 × 7. */
const square = (low: number, high: number) =>
  Array.from({length: 7}, (_, i) => Array.from({length: 7}, (_, j) => Number(Math.min(i, j) >= low && Math.max(i, j) <= high))); // prettier-ignore
const [small, large, corner] = [square(2, 4), square(1, 5), square(3, 6)];

/** The page's exercises by their ids. */
export const answers: Record<string, Verify> = {
  "ex-dice": number("D", dice(p, g), 5e-4),
  "ex-iou": number("J", iou(p, g), 5e-4),
  "ex-convert": number("D", dice([1, 1], [1, 0]), 5e-4),
  "ex-share": number("share of the background", backgroundPart(pulls["cross-entropy"](...half), half[1]), 1e-3),
  "ex-all": number("D", dice(...rare), 5e-4),
  "ex-miss": number("Tversky's index", tversky([1, 0, 0, 1], [1, 1, 0, 0], 0.3, 0.7), 1e-3),
  "ex-empty": number("loss", 1 - dice([1, 1, 1, 1, 1], [0, 0, 0, 0, 0], {smoothing: 1}), 1e-3),
  "ex-batch": number(
    "Dice of the batch less the mean of the images",
    dice([...found, 0], [...found, 1]) - (dice(found, found) + dice([0], [1])) / 2,
    1e-3
  ),
  "ex-lovasz": {
    kind: "code",
    ask: "the Lovász extension of the IoU loss",
    start:
      "// p: probabilities, g: mask of 0 and 1, not empty. Returns the loss, from 0 to 1.\nfunction lovasz(p, g) {\n  return 0;\n}",
    cases: [
      {args: [[1, 0, 1], [1, 1, 0]], expected: 2 / 3, within: 1e-9}, // prettier-ignore
      {args: [[0.9, 0.8, 0.1], [1, 1, 0]], expected: lovasz(p, g), within: 1e-9}, // prettier-ignore
      {args: [[0.2, 0.6, 0.7, 0.1, 0.5], [1, 0, 1, 0, 0]], expected: lovasz([0.2, 0.6, 0.7, 0.1, 0.5], [1, 0, 1, 0, 0]), within: 1e-9} // prettier-ignore
    ]
  },
  "ex-boundary": {
    kind: "code",
    ask: "boundary F1",
    start:
      "// said, wanted: rows of 0 and 1, of the same size; tolerance: in pixels, Euclidean, met exactly still counts.\n// A pixel of the figure is of its boundary if one of its four neighbours is not of the figure, or outside.\n// 1 if neither mask has a boundary, 0 if only one has.\nfunction boundaryF1(said, wanted, tolerance) {\n  return 0;\n}",
    cases: [
      {args: [small, small, 0], expected: 1, within: 1e-9},
      {args: [large, small, 0], expected: 0, within: 1e-9},
      {args: [large, small, 1], expected: boundaryF1(large, small, 1), within: 1e-9},
      {args: [corner, small, 1.5], expected: boundaryF1(corner, small, 1.5), within: 1e-9},
      {args: [square(7, 6), small, 2], expected: 0, within: 1e-9}
    ]
  },
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
