import type {Equation} from "../../components/math/equation.js";
import {numericGradient} from "../../components/math/finiteDifference.js";
import {logNormalDensity} from "../../components/math/gaussian.js";
import {diagonal, scale} from "../../components/math/matrix.js";
import type {Rng} from "../../components/math/random.js";
import {randomVector} from "../../components/math/randomMatrix.js";
import {apart, between, broken, numbered} from "../../components/math/numbered.js";
import {covarianceOf} from "../probabilityKl/covarianceOf.js";
import {drawJoint} from "../probabilityKl/tables.js";
import {batchLoss, correlationFor, logRatio} from "./correlated.js";
import {mutualInformation, rowsOf} from "./entropies.js";
import {criticLoss, densityRatio, infoNceLoss, placePosterior, type Critic} from "./infoNce.js";

/** A critic of random positive values. */
function drawCritic(rng: Rng): Critic {
  const values = Array.from({length: 3}, () => randomVector(rng, 3).map(Math.exp));
  return (x, c) => values[x][c];
}

const optimal = numbered(
  "critic",
  "the place of the true candidate among three, by Bayes' rule on the whole outcome, against r / Σ r",
  "p(x | c) without the division by p(x)",
  (rng, mutated) => {
    const joint = drawJoint(rng, 3, 3);
    const [r, px] = [densityRatio(joint), rowsOf(joint)];
    const scores = [0, 1, 2].map((x) => r(x, 1) * (mutated ? px[x] : 1));
    const sum = scores.reduce((a, b) => a + b, 0);
    return apart(scores.map((s) => s / sum), placePosterior(joint, [0, 1, 2], 1), 1e-12); // prettier-ignore
  }
);

const split = numbered(
  "nce-split",
  "the loss of a random critic with three candidates, over all outcomes",
  "the critic's own loss subtracted",
  (rng, mutated) => {
    const [joint, f] = [drawJoint(rng, 3, 3), drawCritic(rng)];
    const best = infoNceLoss(joint, 3, densityRatio(joint));
    const expected = best + (mutated ? -1 : 1) * criticLoss(joint, 3, f);
    return {got: infoNceLoss(joint, 3, f), expected, within: 1e-11};
  }
);

const bound = numbered(
  "bound",
  "ln N − L of the best and of a random critic for N = 2 … 5, over all outcomes, against I",
  "the true candidate left out below the line",
  (rng, mutated) => {
    const joint = drawJoint(rng, 3, 3);
    const mutual = mutualInformation(joint);
    const below = mutated ? "others" : "all";
    const pairs = [2, 3, 4, 5].flatMap(
      (n) =>
      [densityRatio(joint), drawCritic(rng)].map((f): [number, number] => [mutual, Math.log(n) - infoNceLoss(joint, n, f, below)]) // prettier-ignore
    );
    return broken(pairs, 1e-12);
  }
);

const ceiling = numbered(
  "ceiling",
  "ln N − L of the best critic where x is one of 8 equally likely values and c = x, N = 2, 3",
  "ln(N − 1)",
  (_, mutated) => {
    const joint = scale(diagonal(Array(8).fill(1)), 1 / 8);
    const pairs = [2, 3].map((n): [number, number] => [
      Math.log(mutated ? n - 1 : n),
      Math.log(n) - infoNceLoss(joint, n, densityRatio(joint))
    ]);
    return broken(pairs, 1e-12);
  }
);

const more = numbered(
  "tighter",
  "ln N − L of the best critic for N = 1, 2, 3, 4, 5: each at least the one before",
  "the order of N turned round",
  (rng, mutated) => {
    const joint = drawJoint(rng, 3, 3);
    const estimates = [1, 2, 3, 4, 5].map((n) => Math.log(n) - infoNceLoss(joint, n, densityRatio(joint)));
    if (mutated) estimates.reverse();
    return broken(estimates.slice(1).map((estimate, i): [number, number] => [estimate, estimates[i]]), 1e-12); // prettier-ignore
  }
);

const gradient = numbered(
  "nce-gradient",
  "the gradient of the loss of four pairs by their 16 scores, against central differences",
  "softmax without the 1 of the true pair",
  (rng, mutated) => {
    const n = 4;
    const scores = randomVector(rng, n * n);
    const slopes = Array.from(batchLoss(Float64Array.from(scores), n).gradient);
    const byHand = mutated ? slopes.map((s, k) => (k % (n + 1) === 0 ? s + 1 / n : s)) : slopes;
    return apart(
      byHand,
      numericGradient((s) => batchLoss(Float64Array.from(s), n).loss, scores),
      1e-8
    );
  }
);

const ratio = numbered(
  "gaussian-ratio",
  "ln of the joint density over the product of the margins, at random points",
  "ρ for ρ² before the squares",
  (rng, mutated) => {
    const rho = between(rng, 0.2, 0.9);
    const [x, c] = randomVector(rng, 2);
    const one = {mean: [0], covariance: [[1]]};
    const joint = logNormalDensity([x, c], {mean: [0, 0], covariance: covarianceOf(1, 1, rho)});
    const wrong = mutated ? ((rho ** 2 - rho) * (x * x + c * c)) / (2 * (1 - rho ** 2)) : 0;
    const got = logRatio(x, c, rho) + wrong;
    return {got, expected: joint - logNormalDensity([x], one) - logNormalDensity([c], one), within: 1e-11};
  }
);

const dimensions = numbered(
  "rho-of-information",
  "the information of d independent pairs with the correlation that is asked for",
  "I/d in place of 2I/d",
  (rng, mutated) => {
    const [information, d] = [between(rng, 0.5, 10), 1 + rng.integers(1, 12)[0]];
    const rho = correlationFor(mutated ? information / 2 : information, d);
    return {got: (-d / 2) * Math.log(1 - rho * rho), expected: information, within: 1e-9};
  }
);

export const infoNce: Equation[] = [optimal, split, bound, more, ceiling, ratio, dimensions, gradient];
