import {drawNormal} from "../../components/math/draws.js";
import type {Equation} from "../../components/math/equation.js";
import {numericGradient} from "../../components/math/finiteDifference.js";
import {randomVector} from "../../components/math/randomMatrix.js";
import {mean, variance} from "../../components/math/statistics.js";
import {apart, between, broken, numbered} from "../../components/math/numbered.js";
import {fitNormal, logLikelihood} from "./normalLikelihood.js";
import {drawProbabilities, expectation, sequences} from "./tables.js";

const likelihoodOf =
  (x: number[]) =>
  ([mu, squares]: number[]) =>
    logLikelihood(x, {mean: mu, deviation: Math.sqrt(squares)});

const score = numbered(
  "score",
  "both derivatives of ln L at a random point against central differences",
  "2σ² instead of 2σ⁴ below the squares",
  (rng, mutated) => {
    const x = randomVector(rng, 8);
    const [mu, s2] = [between(rng, -1, 1), between(rng, 1.5, 3)];
    const squares = x.reduce((sum, xi) => sum + (xi - mu) ** 2, 0);
    const byMean = x.reduce((sum, xi) => sum + xi - mu, 0) / s2;
    const byVariance = -x.length / (2 * s2) + squares / (2 * (mutated ? s2 : s2 ** 2));
    return apart([byMean, byVariance], numericGradient(likelihoodOf(x), [mu, s2]), 1e-7);
  }
);

const mle = numbered(
  "mle",
  "the derivatives of ln L at the estimates, by central differences, divided by n",
  "n − 1 below the squares instead of n",
  (rng, mutated) => {
    const x = randomVector(rng, 8);
    const at = [mean(x), variance(x, mutated ? 1 : 0)];
    return apart(
      numericGradient(likelihoodOf(x), at).map((slope) => slope / x.length),
      [0, 0],
      1e-7
    );
  }
);

const likelihoodMaximum = numbered(
  "maximum",
  "ln L at 200 random points against its value at the estimates",
  "the value with σ̂² doubled",
  (rng, mutated) => {
    const x = randomVector(rng, 8);
    const fit = fitNormal(x);
    const top = (-x.length / 2) * (Math.log(2 * Math.PI * fit.deviation ** 2 * (mutated ? 2 : 1)) + 1);
    const others = Array.from({length: 200}, (_, k) => {
      const far = k === 0 ? 0 : 1;
      return logLikelihood(x, {mean: fit.mean + far * between(rng, -1, 1), deviation: fit.deviation * (far ? between(rng, 0.5, 2) : 1)}); // prettier-ignore
    });
    return broken(
      others.map((other): [number, number] => [top, other]),
      1e-10
    );
  }
);

const bias = numbered(
  "bias",
  "the mean of σ̂² over all 3⁴ samples of four draws from a random table",
  "the bias with the wrong sign, (n + 1)/n",
  (rng, mutated) => {
    const [p, x, n] = [drawProbabilities(rng, 3), randomVector(rng, 3), 4];
    const mu = expectation(p, (i) => x[i]);
    const sigma2 = expectation(p, (i) => (x[i] - mu) ** 2);
    const got = sequences(p, n).reduce((sum, {values, probability}) => sum + probability * variance(values.map((i) => x[i])), 0); // prettier-ignore
    return {got, expected: ((mutated ? n + 1 : n - 1) / n) * sigma2, within: 1e-12};
  }
);

const spread = numbered(
  "spread",
  "the variance of σ̂² in 8,000 samples of five normal draws, within five standard errors",
  "4 instead of 2",
  (rng, mutated) => {
    const [n, sigma] = [5, between(rng, 0.5, 2)];
    const estimates = Array.from({length: 8000}, () => variance(Array.from({length: n}, () => drawNormal(rng, 0, sigma)))); // prettier-ignore
    const expected = ((mutated ? 4 : 2) * (n - 1) * sigma ** 4) / n ** 2;
    // σ̂² is σ²/n times χ² with 4 degrees of freedom, whose fourth central moment is 12·4·(4 + 4) = 384 and variance 8
    const standardError = ((sigma ** 2 / n) ** 2 * Math.sqrt(384 - 64)) / Math.sqrt(8000);
    return {got: variance(estimates), expected, within: 5 * standardError};
  }
);

export const likelihood: Equation[] = [score, mle, likelihoodMaximum, bias, spread];
