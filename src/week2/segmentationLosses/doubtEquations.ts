import type {Equation} from "../../components/math/equation.js";
import {numericGradient} from "../../components/math/finiteDifference.js";
import {apart, between, broken, numbered} from "../../components/math/numbered.js";
import type {Rng} from "../../components/math/random.js";
import {type Rest, averaged, doubtSlope, sumsOf} from "./doubt.js";
import * as f from "./formulas.js";

const probabilities = (rng: Rng, n: number) => Array.from({length: n}, () => between(rng, 0.1, 0.9));
const drawn = (rng: Rng): Rest => ({p: probabilities(rng, 11), g: [1, 0, ...Array.from(rng.integers(9, 2))]});
const many = Array.from({length: 21}, (_, k) => k / 20);

const overlapPull = numbered(
  "overlap-pull",
  "the background's part of the pull of Dice, IoU and Dice with squares on the logits, one p for all pixels, summed pixel by pixel",
  "that of cross-entropy",
  (rng, mutated) => {
    const [n, share, p] = [200, 0.1, between(rng, 0.05, 0.95)];
    const [said, g] = f.constant(n, share, p);
    const parts = ["Dice", "IoU", "Dice, squares"].map((name) => f.backgroundPart(f.pulls[name](said, g), g));
    const linear = ((1 - share) * p) / (2 * (1 - share) * p + share);
    const squared = (2 * (1 - share) * p * p) / ((3 - 4 * share) * p * p + share);
    const wrong = ((1 - share) * p) / ((1 - share) * p + share * (1 - p));
    return apart(parts, mutated ? [wrong, wrong, wrong] : [linear, linear, squared], 1e-12);
  }
);

const doubt = numbered(
  "doubt",
  "the Dice index averaged over two masks that differ in one pixel, from the sums over the others",
  "π and 1 − π exchanged",
  (rng, mutated) => {
    const [rest, x, pi] = [drawn(rng), between(rng, 0.2, 1), between(rng, 0.05, 0.3)];
    const {S, a} = sumsOf(rest);
    const q = mutated ? 1 - pi : pi;
    const byHand = (q * 2 * (a + x)) / (x + S + 1) + ((1 - q) * 2 * a) / (x + S);
    return {got: averaged((p, g) => f.dice(p, g), rest, pi)(x), expected: byHand, within: 1e-12};
  }
);

const slope = numbered(
  "doubt-slope",
  "its slope against central differences, and where it is 0 in between, the change of its sign: from − to + alone",
  "a for S + 1 − a",
  (rng, mutated) => {
    const [rest, pi] = [drawn(rng), between(rng, 0.05, 0.95)];
    const sums = sumsOf(rest);
    const told = mutated ? {...sums, a: sums.S + 1 - sums.a} : sums;
    const h = averaged((p, g) => f.dice(p, g), rest, pi);
    const at = [0.1, 0.5, 0.9];
    const slopes = at.map((x) => numericGradient(([y]) => h(y), [x])[0]);
    const signs = many.map((x) => Math.sign(doubtSlope(x, sums, pi)));
    const falls = signs.filter((sign, k) => k > 0 && sign < signs[k - 1]).length; // from + to −
    return apart([...at.map((x) => doubtSlope(x, told, pi)), falls], [...slopes, 0], 1e-8);
  }
);

const monotone = numbered(
  "no-middle",
  "Dice and IoU, smoothed too, averaged over two masks that differ in one pixel, as its p goes from 0 to 1: largest at an end",
  "largest at ½",
  (rng, mutated) => {
    const [rest, pi, s] = [drawn(rng), between(rng, 0.05, 0.95), between(rng, 0.5, 2)];
    const indices = [
      averaged((p, g) => f.dice(p, g), rest, pi),
      averaged((p, g) => f.dice(p, g, {smoothing: s}), rest, pi),
      averaged((p, g) => f.iou(p, g), rest, pi)
    ];
    const pairs = indices.flatMap((index) => {
      const best = mutated ? index(0.5) : Math.max(index(0), index(1));
      return many.map((x): [number, number] => [best, index(x)]);
    });
    return broken(pairs, 1e-12);
  }
);

const relative = numbered(
  "relative-square",
  "one less V-Net's index of any predictions, from the squared error",
  "the error without its square",
  (rng, mutated) => {
    const {p, g} = drawn(rng);
    const error = p.reduce((sum, pj, j) => sum + Math.abs(pj - g[j]) ** (mutated ? 1 : 2), 0);
    const {p: said, g: true_} = f.sums(p, g, true);
    return {got: 1 - f.dice(p, g, {squared: true}), expected: error / (said + true_), within: 1e-12};
  }
);

/** The equations about imbalance and about one doubtful pixel. */
export const doubtEquations: Equation[] = [overlapPull, doubt, slope, monotone, relative];
