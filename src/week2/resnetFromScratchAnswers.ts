import {number} from "../components/ui/ask.js";
import type {Verify} from "../components/ui/verify.js";

/** Numbers that a reader has separated by commas or semicolons, with any kind of minus sign. */
const listed = (text: string): number[] =>
  text
    .replace(/[()]/g, "")
    .split(/[,;]\s*/)
    .map((part) => Number(part.trim().replace("−", "-") || NaN));

const start = `// x, dy: lists; W1, W2: lists of rows. Gives the gradient by x of y = x + W2 relu(W1 x).
function blockGradient(x, dy, W1, W2) {
  return dy;
}`;

const [W1, W2] = [[[1, -2], [0.5, 1], [-1, 0]], [[2, 0, 1], [-1, 3, 0]]]; // prettier-ignore

/** The page's exercises by their ids. */
export const answers: Record<string, Verify> = {
  "ex-bottleneck": number("parameters", 70_400, 0),
  "ex-field": number("side in pixels", 17, 0),
  "ex-odd": number("side of the output", 8, 0),
  "ex-start": number("loss (nats)", Math.log(100), 1e-3),
  "ex-smoothed": {
    kind: "text",
    ask: "gradient",
    accepts: (text) => {
      const numbers = listed(text);
      return numbers.length === 3 && [-0.1, 0.1, 0].every((value, i) => Math.abs(numbers[i] - value) < 1e-3);
    }
  },
  "ex-paths": number("terms left", 1, 0),
  "ex-group": number("numbers in a mean", 64, 0),
  "ex-views": number("fraction", 1 / 81, 2e-4),
  "ex-budget": number("epochs", 2e12 / (6 * 0.035e9 * 2000), 0.8),
  "ex-block-code": {
    kind: "code",
    ask: "The gradient of a block by its input",
    start,
    cases: [
      {args: [[3, 1], [1, 0], W1, W2], expected: [3, -4], within: 1e-9}, // prettier-ignore
      {args: [[3, 1], [0, 1], W1, W2], expected: [0.5, 6], within: 1e-9}, // prettier-ignore
      {args: [[-1, 0], [2, 1], W1, W2], expected: [0, 1], within: 1e-9} // prettier-ignore
    ]
  }
};
