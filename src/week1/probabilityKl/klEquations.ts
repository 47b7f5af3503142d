import type {Equation} from "../../components/math/equation.js";
import {klGaussian, klNormal, logNormalDensity} from "../../components/math/gaussian.js";
import {add, apply, dot, identity, inverse, multiply, outer, trace, transpose} from "../../components/math/matrix.js";
import {randomVector} from "../../components/math/randomMatrix.js";
import {covarianceMatrix, mean} from "../../components/math/statistics.js";
import {between, broken, numbered} from "../../components/math/numbered.js";
import {covarianceOf} from "./covarianceOf.js";
import * as estimators from "./estimators.js";
import {drawNormals, meanUnder} from "./normalPairs.js";
import {drawProbabilities, expectation, kl} from "./tables.js";

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
    return {got: meanUnder(p, (x) => estimators.logRatio(x, p, q)), expected, within: 1e-9};
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

export const divergence: Equation[] = [jensen, gibbs, univariate, quadratic, multivariate, additive, coordinates];
