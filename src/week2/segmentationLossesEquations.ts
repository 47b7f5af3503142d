import type {Equation} from "../components/math/equation.js";
import {numericGradient} from "../components/math/finiteDifference.js";
import type {Rng} from "../components/math/random.js";
import {apart, between, broken, numbered} from "../components/math/numbered.js";
import {doubtEquations} from "./segmentationLosses/doubtEquations.js";
import * as f from "./segmentationLosses/formulas.js";

const probabilities = (rng: Rng, n: number) => Array.from({length: n}, () => between(rng, 0.1, 0.9));
/** Three of eight pixels or so, at least one of both kinds. */
const mask = (rng: Rng, n: number) =>
  Array.from({length: n}, (_, j) => (j === 0 ? 1 : j === 1 ? 0 : rng.integers(1, 2)[0]));

const vnet = numbered(
  "dice-gradient",
  "the gradient of V-Net's Dice index by eight pixels, against central differences",
  "p for 2 p in the second term",
  (rng, mutated) => {
    const [p, g] = [probabilities(rng, 8), mask(rng, 8)];
    const {both, p: said, g: true_} = f.sums(p, g, true);
    const below = said + true_;
    const byHand = p.map((pj, j) => (2 * (g[j] * below - (mutated ? 1 : 2) * pj * both)) / below ** 2);
    return apart(
      byHand,
      numericGradient((x) => f.dice(x, g, {squared: true}), p),
      1e-8
    );
  }
);

const linear = numbered(
  "dice-linear-gradient",
  "the gradient of the Dice index without squares, smoothed, against central differences",
  "the smoothing left out above",
  (rng, mutated) => {
    const [p, g, s] = [probabilities(rng, 8), mask(rng, 8), between(rng, 0.5, 2)];
    const {both, p: said, g: true_} = f.sums(p, g);
    const below = said + true_ + s;
    const above = 2 * both + (mutated ? 0 : s);
    const byHand = p.map((_, j) => (2 * g[j] * below - above) / below ** 2);
    return apart(
      byHand,
      numericGradient((x) => f.dice(x, g, {smoothing: s}), p),
      1e-8
    );
  }
);

const union = numbered(
  "iou-gradient",
  "the gradient of intersection over union, against central differences",
  "the foreground's slope for every pixel",
  (rng, mutated) => {
    const [p, g] = [probabilities(rng, 8), mask(rng, 8)];
    const {both, p: said, g: true_} = f.sums(p, g);
    const all = said + true_ - both;
    const byHand = p.map((_, j) => (g[j] || mutated ? 1 / all : -both / all ** 2));
    const slopes = numericGradient((x) => f.iou(x, g), p);
    return apart([...byHand, ...f.iouGradient(p, g)], [...slopes, ...slopes], 1e-8);
  }
);

const related = numbered("dice-iou", "Dice from IoU, for soft predictions", "without the 2", (rng, mutated) => {
  const [p, g] = [probabilities(rng, 8), mask(rng, 8)];
  const j = f.iou(p, g);
  return {got: f.dice(p, g), expected: ((mutated ? 1 : 2) * j) / (1 + j), within: 1e-12};
});

const special = numbered(
  "tversky-special",
  "Tversky's index with α = β = ½ and with α = β = 1, against Dice and IoU",
  "α = β = 1 for Dice",
  (rng, mutated) => {
    const [p, g] = [probabilities(rng, 8), mask(rng, 8)];
    const half = mutated ? 1 : 0.5;
    return apart([f.tversky(p, g, half, half), f.tversky(p, g, 1, 1)], [f.dice(p, g), f.iou(p, g)], 1e-12);
  }
);

const drowned = numbered(
  "bce-pull",
  "the background's part of the pull of cross-entropy on the logits, one prediction p for all pixels, summed pixel by pixel",
  "p and 1 − p exchanged",
  (rng, mutated) => {
    const [n, share, p] = [200, 0.1, between(rng, 0.05, 0.4)];
    const [said, g] = f.constant(n, share, p);
    const pulls = said.map((pj, j) => Math.abs(pj - g[j]));
    const behind = pulls.reduce((sum, pull, j) => sum + (g[j] ? 0 : pull), 0);
    const q = mutated ? 1 - p : p;
    const expected = ((1 - share) * q) / ((1 - share) * q + share * (1 - q));
    return {got: behind / pulls.reduce((a, b) => a + b), expected, within: 1e-12};
  }
);

/** Whether f is largest at x of all that are tried. */
const best = (index: (p: number) => number, x: number) =>
  broken(Array.from({length: 99}, (_, k): [number, number] => [index(x), index((k + 1) / 100)]), 1e-9); // prettier-ignore

const knowsNothing = numbered(
  "constants",
  "the best single p for all pixels, over a grid: f for cross-entropy, 1 for Dice, √f for V-Net's",
  "½ for all three",
  (rng, mutated) => {
    const share = (5 + rng.integers(1, 25)[0]) / 100;
    const at = (p: number) => f.constant(100, share, p);
    const trials: [number, (p: number) => number][] = [
      [share, (p) => -f.bce(...at(p))],
      [1, (p) => f.dice(...at(p))],
      [Math.sqrt(share), (p) => f.dice(...at(p), {squared: true})]
    ];
    return trials.map(([x, index]) => best(index, mutated ? 0.5 : x)).reduce((a, b) => (a.got > b.got ? a : b));
  }
);

const empty = numbered(
  "empty",
  "the smoothed Dice index of an empty mask",
  "without the smoothing above",
  (rng, mutated) => {
    const [p, s] = [probabilities(rng, 8), between(rng, 0.5, 2)];
    const said = p.reduce((a, b) => a + b);
    return {
      got: f.dice(p, Array<number>(8).fill(0), {smoothing: s}),
      expected: (mutated ? 0 : s) / (said + s),
      within: 1e-12
    };
  }
);

/** The numbered equations of the page. */
export const equations: Equation[] = [
  drowned,
  vnet,
  linear,
  empty,
  union,
  related,
  special,
  knowsNothing,
  ...doubtEquations
];
