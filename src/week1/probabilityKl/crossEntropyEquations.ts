import type {Equation} from "../../components/math/equation.js";
import {numericGradient} from "../../components/math/finiteDifference.js";
import {klNormal} from "../../components/math/gaussian.js";
import {integrate} from "../../components/math/quadrature.js";
import {randomVector} from "../../components/math/randomMatrix.js";
import {variance} from "../../components/math/statistics.js";
import {apart, between, numbered} from "../../components/math/numbered.js";
import {forwardKl, mixtureMoments} from "./bimodal.js";
import * as estimators from "./estimators.js";
import {logLikelihood} from "./normalLikelihood.js";
import {drawNormals, meanUnder} from "./normalPairs.js";
import {crossEntropy, drawProbabilities, entropy, kl} from "./tables.js";

const ce = numbered("ce", "both sides for random tables of six", "KL(q ‖ p)", (rng, mutated) => {
  const [p, q] = [drawProbabilities(rng, 6), drawProbabilities(rng, 6)];
  return {got: crossEntropy(p, q), expected: entropy(p) + (mutated ? kl(q, p) : kl(p, q)), within: 1e-12};
});

const nll = numbered(
  "nll",
  "the mean of −ln q over forty labels, one at a time, against cross-entropy with their shares",
  "the sum instead of the mean",
  (rng, mutated) => {
    const q = drawProbabilities(rng, 4);
    const labels = Array.from(rng.integers(40, 4));
    const shares = q.map((_, k) => labels.filter((label) => label === k).length / labels.length);
    const total = labels.reduce((sum, label) => sum - Math.log(q[label]), 0);
    return {got: mutated ? total : total / labels.length, expected: crossEntropy(shares, q), within: 1e-12};
  }
);

const bestNll = numbered(
  "best-nll",
  "the least mean NLL of a normal over a grid of means and deviations, refined thrice",
  "without the 1 of its spread",
  (rng, mutated) => {
    const x = randomVector(rng, 10);
    let [mu, s, size] = [0, 0, 1.5];
    const value = (m: number, t: number) => -logLikelihood(x, {mean: m, deviation: Math.exp(t)}) / x.length;
    for (let round = 0; round < 12; ++round, size /= 2.5) {
      const [m0, s0] = [mu, s];
      for (let i = -4; i <= 4; ++i)
        for (let j = -4; j <= 4; ++j) {
          const [m, t] = [m0 + (size * i) / 4, s0 + (size * j) / 4];
          if (value(m, t) < value(mu, s)) [mu, s] = [m, t];
        }
    }
    const expected = 0.5 * (Math.log(2 * Math.PI * variance(x)) + (mutated ? 0 : 1));
    return {got: value(mu, s), expected, within: 1e-7};
  }
);

const excess = numbered(
  "excess",
  "the mean under p of r − 1 − ln r, by quadrature, against KL",
  "r + 1 − ln r",
  (rng, mutated) => {
    const [p, q] = drawNormals(rng);
    const value = (x: number) => estimators.ratioExcess(x, p, q) + (mutated ? 2 : 0);
    return {got: meanUnder(p, value), expected: klNormal(p, q), within: 1e-8};
  }
);

const logVariance = numbered(
  "log-variance",
  "the variance under p of ln p/q, by quadrature",
  "the factor ½ forgotten",
  (rng, mutated) => {
    const [p, q] = drawNormals(rng);
    const divergence = klNormal(p, q);
    const expected = estimators.logRatioVariance(p, q) + (mutated ? 0.5 * ((p[1] / q[1]) ** 2 - 1) ** 2 : 0);
    return {got: meanUnder(p, (x) => (estimators.logRatio(x, p, q) - divergence) ** 2), expected, within: 1e-8};
  }
);

const secondMoment = numbered(
  "second-moment",
  "the integral of q²/p, for deviations with σ_q² < 2σ_p²",
  "v = 2σ_p² + σ_q²",
  (rng, mutated) => {
    const [p, q] = drawNormals(rng);
    const v = 2 * p[1] ** 2 + q[1] ** 2;
    const expected = mutated
      ? (p[1] ** 2 / (q[1] * Math.sqrt(v))) * Math.exp((p[0] - q[0]) ** 2 / v)
      : estimators.ratioSecondMoment(p, q);
    const got = integrate((x) => Math.exp(2 * estimators.logNormal(x, q) - estimators.logNormal(x, p)), -14, 14, 1e-10);
    return {got, expected, within: 1e-8};
  }
);

const momentMatching = numbered(
  "moments",
  "the slopes of KL(p ‖ q) in mean and deviation at the moments of a mixture of two normals",
  "the variance without the part between the components",
  (rng, mutated) => {
    const p = {weight: between(rng, 0.3, 0.7), first: [-1.5, between(rng, 0.5, 1)], second: [1.5, 0.7]} as const;
    const mixture = {...p, first: [...p.first] as estimators.Normal, second: [...p.second] as estimators.Normal};
    const [mu, sigma] = mixtureMoments(mixture);
    const within = Math.sqrt(p.weight * p.first[1] ** 2 + (1 - p.weight) * p.second[1] ** 2);
    const slopes = numericGradient(([m, s]) => forwardKl(mixture, [m, s]), [mu, mutated ? within : sigma]);
    return apart(slopes, [0, 0], 1e-6);
  }
);

export const crossEntropies: Equation[] = [ce, nll, bestNll, excess, logVariance, secondMoment, momentMatching];
