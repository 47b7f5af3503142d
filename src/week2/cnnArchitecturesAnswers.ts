import {compound} from "../components/models/mbPlan.js";
import {choice, number} from "../components/ui/ask.js";
import type {Verify} from "../components/ui/verify.js";
import {fieldOf} from "./architectures/byHand.js";

/** Parameters of MBConv with expansion t, kernel k, C channels in and out: three filters, three norms, and the two maps. */
function mbParameters(t: number, k: number, C: number): number {
  const [hidden, squeezed] = [t * C, Math.floor(C / 4)];
  const filters = C * hidden + k ** 2 * hidden + hidden * C;
  const norms = 2 * (hidden + hidden + C);
  return filters + norms + (hidden * squeezed + squeezed) + (squeezed * hidden + hidden);
}

const start = `// x: a list of numbers for each channel; w: a filter of odd length for each channel. Zeros outside.
function depthwise(x, w) {
  return x;
}`;

/** The page's exercises by their ids. */
export const answers: Record<string, Verify> = {
  "ex-separable": number("fraction of the multiplications", 1 / 128 + 1 / 9, 1e-4),
  "ex-field": number("side in pixels", fieldOf([7, 7, 7].map((kernel) => ({kernel, stride: 1}))), 0),
  "ex-mbconv": number("parameters", mbParameters(6, 3, 24), 0),
  "ex-phi": number(
    "times the multiply-adds",
    compound(3).depth * compound(3).width ** 2 * compound(3).resolution ** 2,
    0.02
  ),
  "ex-one-axis": number("times the side", Math.SQRT2, 2e-3),
  "ex-block": number("parameters", 8 * 96 ** 2 + (49 + 9) * 96, 0),
  "ex-kept": number(
    "blocks in the mean",
    18 - Array.from({length: 18}, (_, i) => (0.1 * i) / 17).reduce((a, b) => a + b),
    0.01
  ),
  "ex-slow": choice(
    "The reason is that",
    1,
    "a depthwise convolution adds up in another order",
    "each number that is read takes part in few multiplications, so memory sets the pace",
    "its gradient needs twice as many passes"
  ),
  "ex-depthwise": {
    kind: "code",
    ask: "Depthwise convolution along one axis, stride 1, the length kept",
    start,
    cases: [
      {args: [[[1, 2, 3]], [[0, 1, 0]]], expected: [[1, 2, 3]]},
      {args: [[[1, 2, 3], [4, 5, 6]], [[1, 0, 0], [0, 0, 1]]], expected: [[0, 1, 2], [5, 6, 0]]}, // prettier-ignore
      {args: [[[1, -1, 2, 0, 3]], [[1, 2, 3, 4, 5]]], expected: [[9, 7, 20, 15, 11]]}
    ]
  }
};
