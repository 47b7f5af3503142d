import type {Equation} from "../../components/math/equation.js";
import {numericGradient} from "../../components/math/finiteDifference.js";
import {dot} from "../../components/math/matrix.js";
import {apart, between, broken, numbered} from "../../components/math/numbered.js";
import {randomVector} from "../../components/math/randomMatrix.js";
import * as f from "./formulas.js";

const weights = numbered(
  "weights",
  "∇ᵤ of NT-Xent, the logistic and the triplet loss of five negatives from their weights, against central differences",
  "the weights of a smaller τ and margin",
  (rng, mutated) => {
    const [u, positive, ...negatives] = Array.from({length: 7}, () => f.unit(randomVector(rng, 4)));
    const [tau, margin] = [between(rng, 0.2, 1), between(rng, 1, 2)];
    const cosines = (x: number[]) => ({positive: dot(x, positive), negatives: negatives.map((v) => dot(x, v))});
    const other = mutated ? 0.8 : 1;
    const [right, told] = [1, other].map((scale) => [
      f.softmaxPull(scale * tau),
      f.logisticPull(scale * tau),
      f.tripletPull(margin)
    ]);
    const slopes = right.flatMap(({loss}) => numericGradient((x) => loss(cosines(x)), u));
    const byHand = told.flatMap(({weights}) => {
      const w = weights(cosines(u));
      return u.map((_, d) => negatives.reduce((sum, v, k) => sum + w.negatives[k] * v[d], -w.positive * positive[d]));
    });
    return apart(byHand, slopes, 1e-7);
  }
);

const relative = numbered(
  "relative",
  "NT-Xent's weights: the sum over the negatives against the positive's, and the ratio of two against that of their exponentials",
  "the ratio without τ",
  (rng, mutated) => {
    const [tau, positive] = [between(rng, 0.1, 0.8), between(rng, -1, 1)];
    const negatives = Array.from({length: 5}, () => between(rng, -1, 1));
    const w = f.softmaxPull(tau).weights({positive, negatives});
    const ratio = Math.exp((negatives[0] - negatives[1]) / (mutated ? 1 : tau));
    const got = [w.negatives.reduce((a, b) => a + b), w.negatives[0] / w.negatives[1] / ratio];
    return apart(got, [w.positive, 1], 1e-9);
  }
);

const cold = numbered(
  "cold",
  "τ times NT-Xent against the hinge of the hardest negative: at least it, and at most τ ln (1 + N) more",
  "the mean over the negatives for the hardest",
  (rng, mutated) => {
    const positive = between(rng, -1, 0.5);
    const negatives = Array.from({length: 6}, () => between(rng, -1, 1));
    const hardest = mutated ? negatives.reduce((a, b) => a + b) / 6 : Math.max(...negatives);
    const hinge = Math.max(0, hardest - positive);
    const pairs = [1, 0.1, 0.01].flatMap((tau): [number, number][] => {
      const cooled = tau * f.softmaxPull(tau).loss({positive, negatives});
      return [[cooled, hinge], [hinge + tau * Math.log(7), cooled]]; // prettier-ignore
    });
    return broken(pairs, 1e-12);
  }
);

/** The equations of the page's section on NT-Xent. */
export const pullEquations: Equation[] = [weights, relative, cold];
