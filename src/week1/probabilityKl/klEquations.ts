import type {Equation} from "../../components/math/equation.js";
import {numericGradient} from "../../components/math/finiteDifference.js";
import {klGaussian, klNormal, logNormalDensity} from "../../components/math/gaussian.js";
import {add, apply, dot, identity, inverse, multiply, outer, trace, transpose} from "../../components/math/matrix.js";
import {randomVector} from "../../components/math/randomMatrix.js";
import {integrate} from "../../components/math/quadrature.js";
import type {Rng} from "../../components/math/random.js";
import {covarianceMatrix, mean, variance} from "../../components/math/statistics.js";
import {apart, between, broken, numbered} from "../numbered.js";
import {forwardKl, mixtureMoments} from "./bimodal.js";
import {covarianceOf} from "./covarianceOf.js";
import * as estimators from "./estimators.js";
import {logLikelihood} from "./normalLikelihood.js";
import {crossEntropy, drawProbabilities, entropy, expectation, kl} from "./tables.js";

const drawNormals = (rng: Rng): [estimators.Normal, estimators.Normal] => [
  [between(rng, -1, 1), between(rng, 0.8, 1.5)],
  [between(rng, -1, 1), between(rng, 0.5, 1)]
];
const under = ([mu, sigma]: estimators.Normal, g: (x: number) => number) =>
  integrate((x) => Math.exp(estimators.logNormal(x, [mu, sigma])) * g(x), mu - 12 * sigma, mu + 12 * sigma, 1e-11);

const jensen = numbered(
  "jensen",
  "E ln X and ln E X for random tables, one of them constant",
  "the inequality turned round",
  (rng, mutated) => {
    const p = drawProbabilities(rng, 5);
    const tables = [randomVector(rng, 5).map(Math.exp), Array(5).fill(2)];
    return broken(
      tables.map((x): [number, number] => {
        const sides: [number, number] = [Math.log(expectation(p, (i) => x[i])), expectation(p, (i) => Math.log(x[i]))];
        return mutated ? [sides[1], sides[0]] : sides;
      }),
      1e-12
    );
  }
);

const gibbs = numbered(
  "gibbs",
  "KL of random tables, and of a table from itself",
  "ln(q/p) under p",
  (rng, mutated) => {
    const [p, q] = [drawProbabilities(rng, 6), drawProbabilities(rng, 6)];
    return broken([[mutated ? -kl(p, q) : kl(p, q), 0], [kl(p, p), 0], [0, kl(p, p)]], 1e-14); // prettier-ignore
  }
);

const univariate = numbered(
  "kl-normal",
  "the integral of p ln(p/q) against the formula",
  "σ₁² below instead of σ₂²",
  (rng, mutated) => {
    const [p, q] = drawNormals(rng);
    const expected = mutated
      ? Math.log(q[1] / p[1]) + (p[1] ** 2 + (p[0] - q[0]) ** 2) / (2 * p[1] ** 2) - 0.5
      : klNormal(p, q);
    return {got: under(p, (x) => estimators.logRatio(x, p, q)), expected, within: 1e-9};
  }
);

const quadratic = numbered(
  "quadratic-mean",
  "the mean of (x − m)ᵀA(x − m) over seven points with equal weights, A not symmetric",
  "tr A tr Σ instead of tr(AΣ)",
  (rng, mutated) => {
    const points = Array.from({length: 7}, () => randomVector(rng, 3));
    const [a, m] = [Array.from({length: 3}, () => randomVector(rng, 3)), randomVector(rng, 3)];
    const form = (x: number[]) => dot(x, apply(a, x));
    const got = mean(points.map((x) => form(x.map((xi, i) => xi - m[i]))));
    const centre = m.map((mi, i) => mean(points.map((x) => x[i])) - mi);
    const sigma = covarianceMatrix(points);
    const scatter = mutated ? trace(a) * trace(sigma) : trace(multiply(a, sigma));
    return {got, expected: scatter + form(centre), within: 1e-11};
  }
);

const multivariate = numbered(
  "kl-gaussian",
  "the integral of p ln(p/q) over the plane, by a fine grid",
  "the logarithm of the determinants turned over",
  (rng, mutated) => {
    const draw = () => ({
      mean: [between(rng, -1, 1), between(rng, -1, 1)],
      covariance: covarianceOf(between(rng, 0.7, 1.4), between(rng, 1.5, 2), between(rng, -0.6, 0.6))
    });
    const [p, q] = [draw(), {mean: draw().mean, covariance: covarianceOf(1.8, 2.5, between(rng, -0.5, 0.5))}];
    let got = 0;
    const h = 0.5; // the trapezoid rule errs by e^(−2π² σ²/h²): below 1e-10 here
    for (let x = -10; x <= 10; x += h)
      for (let y = -15; y <= 15; y += h) {
        const log = logNormalDensity([x, y], p);
        if (log > -60) got += h * h * Math.exp(log) * (log - logNormalDensity([x, y], q));
      }
    const k = klGaussian(p, q);
    const d = [q.mean[0] - p.mean[0], q.mean[1] - p.mean[1]];
    const precision = inverse(q.covariance);
    const logs = 2 * k - trace(multiply(precision, p.covariance)) - dot(d, apply(precision, d)) + 2;
    return {got, expected: mutated ? k - logs : k, within: 1e-8};
  }
);

const additive = numbered(
  "kl-additive",
  "KL of two product tables of 3 × 4",
  "the product of the divergences",
  (rng, mutated) => {
    const [p, q] = [drawProbabilities(rng, 3), drawProbabilities(rng, 3)];
    const [r, s] = [drawProbabilities(rng, 4), drawProbabilities(rng, 4)];
    const expected = mutated ? kl(p, q) * kl(r, s) : kl(p, q) + kl(r, s);
    return {got: kl(outer(p, r).flat(), outer(q, s).flat()), expected, within: 1e-12};
  }
);

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
    return {got: under(p, value), expected: klNormal(p, q), within: 1e-8};
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
    return {got: under(p, (x) => (estimators.logRatio(x, p, q) - divergence) ** 2), expected, within: 1e-8};
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

const coordinates = numbered(
  "kl-invariant",
  "KL of two Gaussians before and after a linear map",
  "one covariance mapped by A, the other by Aᵀ",
  (rng, mutated) => {
    const draw = () => ({
      mean: randomVector(rng, 2),
      covariance: covarianceOf(between(rng, 0.6, 2), between(rng, 0.6, 2), 0.5)
    });
    const [p, q] = [draw(), draw()];
    const a = add(identity(2), [randomVector(rng, 2), randomVector(rng, 2)], 0.4);
    const image = ({mean, covariance}: typeof p, b = a) => ({
      mean: apply(a, mean),
      covariance: multiply(multiply(b, covariance), transpose(b))
    });
    const second = mutated ? image(q, transpose(a)) : image(q);
    return {got: klGaussian(image(p), second), expected: klGaussian(p, q), within: 1e-9};
  }
);

export const divergence: Equation[] = [
  ...[jensen, gibbs, univariate, quadratic, multivariate, additive, coordinates],
  ...[ce, nll, bestNll, excess, logVariance, secondMoment, momentMatching]
];
