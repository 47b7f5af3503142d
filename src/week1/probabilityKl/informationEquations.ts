import {density} from "../../components/math/distribution.js";
import {normal} from "../../components/math/distributions/continuous.js";
import type {Equation} from "../../components/math/equation.js";
import {numericGradient} from "../../components/math/finiteDifference.js";
import {dot} from "../../components/math/matrix.js";
import {randomVector} from "../../components/math/randomMatrix.js";
import {integrate} from "../../components/math/quadrature.js";
import {mean} from "../../components/math/statistics.js";
import {apart, between, broken, numbered} from "../../components/math/numbered.js";
import {logLikelihood} from "./normalLikelihood.js";
import {ridge} from "./ridge.js";
import {drawProbabilities, sequences} from "./tables.js";

const likelihoodOf =
  (x: number[]) =>
  ([mu, squares]: number[]) =>
    logLikelihood(x, {mean: mu, deviation: Math.sqrt(squares)});

const information = numbered(
  "information",
  "E (score²) against −E (second derivative) for the rate of an exponential, by quadrature",
  "the minus forgotten",
  (rng, mutated) => {
    const rate = between(rng, 0.5, 2);
    const squares = integrate((x) => rate * Math.exp(-rate * x) * (1 / rate - x) ** 2, 0, 40 / rate);
    const curvature = -1 / rate ** 2; // of ln λ − λ x, whatever x
    return {got: squares, expected: mutated ? curvature : -curvature, within: 1e-9};
  }
);

const fisher = numbered(
  "fisher",
  "E of the products of scores of one draw, by quadrature",
  "1/σ⁴ instead of 1/(2σ⁴)",
  (rng, mutated) => {
    const [mu, s2] = [between(rng, -1, 1), between(rng, 0.5, 2)];
    const p = normal(mu, Math.sqrt(s2));
    const scores = (x: number) => [(x - mu) / s2, -1 / (2 * s2) + (x - mu) ** 2 / (2 * s2 ** 2)];
    const e = (i: number, j: number) =>
      integrate((x) => density(p, x) * scores(x)[i] * scores(x)[j], mu - 12 * Math.sqrt(s2), mu + 12 * Math.sqrt(s2));
    const expected = [1 / s2, 0, 1 / ((mutated ? 1 : 2) * s2 ** 2)];
    return apart([e(0, 0), e(0, 1), e(1, 1)], expected, 1e-9);
  }
);

const cramerRao = numbered(
  "cramer-rao",
  "variances of weighted means of four tosses, over all samples; equal weights meet the bound",
  "the bound without n",
  (rng, mutated) => {
    const [theta, n] = [between(rng, 0.2, 0.8), 4];
    const bound = (theta * (1 - theta)) / (mutated ? 1 : n);
    const weights = [Array(n).fill(1 / n), drawProbabilities(rng, n)];
    return broken(
      weights.map((w): [number, number] => [
        sequences([1 - theta, theta], n).reduce((sum, {values, probability}) => sum + probability * (dot(w, values) - theta) ** 2, 0), // prettier-ignore
        bound
      ]),
      1e-12
    );
  }
);

const map = numbered(
  "map",
  "the slope of ln posterior at the estimate, by central differences",
  "variances in place of precisions",
  (rng, mutated) => {
    const x = randomVector(rng, 5);
    const [s2, m0, t2] = [between(rng, 1.5, 3), between(rng, 2, 3), between(rng, 0.3, 0.8)];
    const [a, b] = mutated ? [s2 / x.length, t2] : [x.length / s2, 1 / t2];
    const estimate = (a * mean(x) + b * m0) / (a + b);
    const logPosterior = ([mu]: number[]) => likelihoodOf(x)([mu, s2]) - (mu - m0) ** 2 / (2 * t2);
    return {got: numericGradient(logPosterior, [estimate])[0], expected: 0, within: 1e-7};
  }
);

const ridgeEquation = numbered(
  "ridge",
  "the gradient of ln posterior of five weights at the solution, by central differences",
  "λ = τ²/σ²",
  (rng, mutated) => {
    const x = Array.from({length: 9}, () => randomVector(rng, 5));
    const [y, s2, t2] = [randomVector(rng, 9), between(rng, 0.3, 0.6), between(rng, 1.2, 2)];
    const w = ridge(x, y, mutated ? t2 / s2 : s2 / t2);
    const logPosterior = (at: number[]) =>
      -x.reduce((sum, row, i) => sum + (y[i] - dot(row, at)) ** 2, 0) / (2 * s2) - dot(at, at) / (2 * t2);
    return apart(numericGradient(logPosterior, w), [0, 0, 0, 0, 0], 1e-7);
  }
);

export const informationAndPriors: Equation[] = [information, fisher, cramerRao, map, ridgeEquation];
