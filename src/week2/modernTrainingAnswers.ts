import {normalCdf} from "../components/math/errorFunction.js";
import {choice, number} from "../components/ui/ask.js";
import type {Verify} from "../components/ui/verify.js";
import {cosineOf, ontoBall, ontoCube} from "./modernTraining/clipping.js";
import {cosine, meanInverse, worth} from "./modernTraining/schedules.js";
import {shortestWarmup} from "./modernTraining/warmUp.js";

const clip = (tensors: number[][], limit: number): number[][] => {
  const all = ontoBall(tensors.flat(), limit);
  let from = 0;
  return tensors.map(({length}) => all.slice(from, (from += length)));
};

const lists: [number[][], number][] = [
  [[[3], [4]], 1],
  [[[1, -2], [2, 0, 4]], 2.5],
  [[[0.1, 0.2], [0.2]], 1],
  [[[0, 0], [0]], 1]
]; // prettier-ignore

/** SAM's gradient of Σ (i + 1) xᵢ² / 2, whose own gradient is (i + 1) xᵢ. */
const samOf = (x: number[], rho: number): number[] => {
  const gradient = (at: number[]) => at.map((value, i) => (i + 1) * value);
  const g = gradient(x);
  const size = Math.hypot(...g);
  return gradient(x.map((value, i) => value + (size ? (rho * g[i]) / size : 0)));
};

/** The page's exercises by their ids. */
export const answers: Record<string, Verify> = {
  "ex-cosine": number("η", 0.4 * cosine(0.75), 1e-4),
  "ex-linear": number("η", 0.8, 1e-9),
  "ex-inverse": number("E[σ²/v]", meanInverse(6), 1e-3),
  "ex-first": number("factor", Math.sqrt(worth(0.9, 1e6)), 5e-3),
  "ex-shrink": number("share of the weight", Math.exp(-1), 2e-3),
  "ex-turn": number("cosine", cosineOf([10, 1, 1, 1], ontoCube([10, 1, 1, 1], 1)), 1e-3),
  "ex-clip": {
    kind: "code",
    ask: "Clip by the global norm",
    start: `// tensors: a list of lists of numbers; limit > 0. Returns lists of the same lengths, together at most limit long.
function clip(tensors, limit) {
  return tensors;
}`,
    cases: lists.map((args) => ({args, expected: clip(...args), within: 1e-9}))
  },
  "ex-integers": number("n", 2048, 0),
  "ex-lost": number("share", normalCdf(-1 / 3), 1e-3),
  "ex-order": choice(
    "Clipping at norm 1 before the division by s = 65,536",
    1,
    "changes nothing: the direction is the same",
    "makes every step at most 2⁻¹⁶ of what was meant",
    "skips every step"
  ),
  "ex-skip": number("skipped steps", 100_000 / 4001, 0.5),
  "ex-epsilon": number("first entry of ε̂", 0.03, 1e-9),
  "ex-sam": {
    kind: "code",
    ask: "SAM's gradient",
    start: `// gradient(x) gives a list; x: a list; rho > 0. Where the gradient is 0, return it.
function samGradient(x, rho) {
  const gradient = (at) => at.map((value, i) => (i + 1) * value);
  return gradient(x);
}`,
    cases: (
      [
        [[3, 2], 0.05],
        [[1, -1, 0.5], 0.2],
        [[0, 0], 0.1]
      ] as [number[], number][]
    ).map((args) => ({args, expected: samOf(...args), within: 1e-9}))
  },
  "ex-warm-up": number("n", shortestWarmup({start: 6, rate: 1.5, steps: 120}), 0)
};
