import {number} from "../components/ui/ask.js";
import type {Verify} from "../components/ui/verify.js";
import {normaliseBackward} from "./initNorm/norms.js";

const epsilon = 1e-5;
const channel = (x: number[], dy: number[], gamma: number) =>
  Array.from(normaliseBackward(x, dy, [gamma], "batch", {batch: x.length, channels: 1, places: 1}, epsilon).dx);
const row = (x: number[], dy: number[], gamma: number[]) =>
  Array.from(normaliseBackward(x, dy, gamma, "rms", {batch: 1, channels: x.length, places: 1}, epsilon).dx);

const channels: [number[], number[], number][] = [[[1, 2, 4, 9], [0, 1, 0, -2], 1.5], [[-1, 0.5, 0.25], [3, 0, 1], 0.5], [[5, 4], [1, -1], 2]]; // prettier-ignore
const rows: [number[], number[], number[]][] = [[[1, -2, 3], [1, 0, 0], [1, 2, 0.5]], [[0.1, 0.2], [-1, 4], [3, 1]]]; // prettier-ignore

/** What the page's exercises accept. */
export const answers: Record<string, Verify> = {
  "ex-filter": number("Standard deviation", Math.sqrt(2 / (9 * 64)), 1e-4),
  "ex-torch": number("Factor of the mean square", 1 / 6, 1e-3),
  "ex-leaky": number("σ² n", 2 / 1.04, 2e-3),
  "ex-width": number("Width", Math.ceil(5 / (1.25 ** 0.01 - 1)), 0),
  "ex-back": {
    ...{kind: "code", ask: "The gradient of x"},
    start: "function backward(x, dy, gamma, epsilon) {\n  // one channel of N numbers\n  return x.map(() => 0);\n}",
    cases: channels.map(([x, dy, gamma]) => ({args: [x, dy, gamma, epsilon], expected: channel(x, dy, gamma), within: 1e-9})) // prettier-ignore
  },
  "ex-rms": {
    ...{kind: "code", ask: "The gradient of x"},
    start:
      "function rmsBackward(x, dy, gamma, epsilon) {\n  // one row; gamma has as many numbers\n  return x.map(() => 0);\n}",
    cases: rows.map(([x, dy, gamma]) => ({args: [x, dy, gamma, epsilon], expected: row(x, dy, gamma), within: 1e-9})) // prettier-ignore
  },
  "ex-sets": number("Numbers", 256, 0),
  "ex-bias": number("Gradient", 0, 1e-9),
  "ex-effective": number("Factor", 1 / 1.04, 1e-3)
};
