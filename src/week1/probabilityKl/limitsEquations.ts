import {normalCdf} from "../../components/math/errorFunction.js";
import type {Equation} from "../../components/math/equation.js";
import {lowerGamma} from "../../components/math/incompleteGamma.js";
import {randomVector} from "../../components/math/randomMatrix.js";
import {between, broken, numbered} from "../../components/math/numbered.js";
import {drawProbabilities, expectation, sequences} from "./tables.js";

const meanVariance = numbered(
  "mean-variance",
  "the variance of the mean of four draws, over all 3⁴ samples",
  "√n instead of n",
  (rng, mutated) => {
    const [p, x] = [drawProbabilities(rng, 3), randomVector(rng, 3)];
    const n = 4;
    const mu = expectation(p, (i) => x[i]);
    const sigma2 = expectation(p, (i) => (x[i] - mu) ** 2);
    const got = sequences(p, n).reduce(
      (sum, {values, probability}) => sum + probability * (values.reduce((s, i) => s + x[i], 0) / n - mu) ** 2,
      0
    );
    return {got, expected: sigma2 / (mutated ? Math.sqrt(n) : n), within: 1e-12};
  }
);

const chebyshev = numbered(
  "chebyshev",
  "the tail of means of 1 … 4 draws from −1, 0, 1, over all samples; with one draw the bound is met exactly",
  "the bound with σ³ instead of σ²",
  (rng, mutated) => {
    const p = between(rng, 0.2, 0.6);
    const sigma2 = p; // of −1, 0, 1 with probabilities p/2, 1 − p, p/2
    const pairs = [1, 2, 3, 4].map((n): [number, number] => {
      const epsilon = 1 / n;
      const tail = sequences([p / 2, 1 - p, p / 2], n)
        .filter(({values}) => Math.abs(values.reduce((s, i) => s + i - 1, 0) / n) >= epsilon - 1e-12)
        .reduce((sum, {probability}) => sum + probability, 0);
      return [(mutated ? sigma2 ** 1.5 : sigma2) / (n * epsilon ** 2), tail];
    });
    return broken(pairs, 1e-12);
  }
);

const clt = numbered(
  "clt",
  "the distribution function of the standardised mean of 2,500 exponentials, which is a Gamma's, against both terms",
  "the correction with the wrong sign",
  (rng, mutated) => {
    const [n, z] = [2500, between(rng, -0.8, 0.8)];
    const correction = ((2 / (6 * Math.sqrt(n))) * (z * z - 1) * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
    const expected = normalCdf(z) + (mutated ? correction : -correction);
    return {got: lowerGamma(n, n + Math.sqrt(n) * z), expected, within: 0.5 / n};
  }
);

export const limits: Equation[] = [meanVariance, chebyshev, clt];
