import {density} from "../../components/math/distribution.js";
import {logNormal, normal} from "../../components/math/distributions/continuous.js";
import {gamma} from "../../components/math/distributions/gammaFamily.js";
import type {Equation} from "../../components/math/equation.js";
import {logNormalDensity} from "../../components/math/gaussian.js";
import {apply, inverse, dot, multiply, transpose} from "../../components/math/matrix.js";
import {randomVector} from "../../components/math/randomMatrix.js";
import {gaussLegendre, integrate} from "../../components/math/quadrature.js";
import {covarianceMatrix} from "../../components/math/statistics.js";
import {apart, between, numbered} from "../../components/math/numbered.js";
import {covarianceOf} from "./covarianceOf.js";
import {drawJoint, drawProbabilities, expectation} from "./tables.js";

const area = numbered(
  "area",
  "the integral of a Gamma density against its distribution function, which comes from a continued fraction",
  "F(a) added instead of subtracted",
  (rng, mutated) => {
    const d = gamma(between(rng, 1.2, 6), between(rng, 0.5, 2));
    const [a, b] = [between(rng, 0.3, 2), between(rng, 2.5, 6)];
    const byFormula = mutated ? d.cdf(b) + d.cdf(a) : d.cdf(b) - d.cdf(a);
    return {got: integrate((x) => density(d, x), a, b), expected: byFormula, within: 1e-10};
  }
);

const change = numbered(
  "change",
  "the slope of P(e^X ≤ y) by central differences, X normal, against the formula",
  "the factor |dx/dy| forgotten",
  (rng, mutated) => {
    const [mu, sigma, y] = [between(rng, -0.5, 0.5), between(rng, 0.4, 1), between(rng, 1.5, 4)];
    const h = 1e-5;
    const image = logNormal(mu, sigma);
    const slope = (image.cdf(y + h) - image.cdf(y - h)) / (2 * h);
    const expected = density(normal(mu, sigma), Math.log(y)) * (mutated ? 1 : 1 / y);
    return {got: slope, expected, within: 1e-8};
  }
);

const variance = numbered(
  "variance",
  "both forms of the variance of a random table of five values",
  "the square of the mean added",
  (rng, mutated) => {
    const p = drawProbabilities(rng, 5);
    const x = randomVector(rng, 5);
    const mean = expectation(p, (i) => x[i]);
    const got = expectation(p, (i) => x[i] ** 2) + (mutated ? 1 : -1) * mean ** 2;
    return {got, expected: expectation(p, (i) => (x[i] - mean) ** 2), within: 1e-12};
  }
);

const sumVariance = numbered(
  "sum-variance",
  "Var(aX + bY) over a random joint table of 3 × 4",
  "ab Cov instead of 2ab Cov",
  (rng, mutated) => {
    const p = drawJoint(rng, 3, 4);
    const [x, y, a, b] = [randomVector(rng, 3), randomVector(rng, 4), between(rng, 1, 2), between(rng, -2, -1)];
    const mean = (g: (i: number, j: number) => number) =>
      p.reduce((sum, row, i) => sum + expectation(row, (j) => g(i, j)), 0);
    const cov = (f: (i: number, j: number) => number, g: (i: number, j: number) => number) =>
      mean((i, j) => f(i, j) * g(i, j)) - mean(f) * mean(g);
    const [X, Y] = [(i: number) => x[i], (_: number, j: number) => y[j]];
    const both = (i: number, j: number) => a * x[i] + b * y[j];
    const expected = a * a * cov(X, X) + b * b * cov(Y, Y) + (mutated ? 1 : 2) * a * b * cov(X, Y);
    return {got: cov(both, both), expected, within: 1e-12};
  }
);

const linearMap = numbered(
  "linear-map",
  "covariance matrices of six points in the plane and of their images in space",
  "the covariance transposed to AᵀΣA, for a square A",
  (rng, mutated) => {
    const points = Array.from({length: 6}, () => randomVector(rng, 3));
    const a = Array.from({length: 3}, () => randomVector(rng, 3));
    const sigma = covarianceMatrix(points);
    const image = covarianceMatrix(points.map((x) => apply(a, x)));
    const [left, right] = mutated ? [transpose(a), a] : [a, transpose(a)];
    return apart(image.flat(), multiply(multiply(left, sigma), right).flat(), 1e-11);
  }
);

const totalVariance = numbered(
  "total-variance",
  "Var Y of a random joint table against its two parts",
  "the variance of the conditional mean left out",
  (rng, mutated) => {
    const p = drawJoint(rng, 3, 4);
    const y = randomVector(rng, 4);
    const moments = (q: number[]) => {
      const mean = expectation(q, (j) => y[j]);
      return [mean, expectation(q, (j) => (y[j] - mean) ** 2)];
    };
    const rows = p.map((row) => row.reduce((sum, x) => sum + x, 0));
    const given = p.map((row, i) => moments(row.map((x) => x / rows[i])));
    const [mean, all] = moments(y.map((_, j) => p.reduce((sum, row) => sum + row[j], 0)));
    const within = expectation(rows, (i) => given[i][1]);
    const among = expectation(rows, (i) => (given[i][0] - mean) ** 2);
    return {got: within + (mutated ? 0 : among), expected: all, within: 1e-12};
  }
);

const ellipse = numbered(
  "ellipse",
  "the Gaussian density integrated over the ellipse in polar coordinates",
  "r² instead of r²/2",
  (rng, mutated) => {
    const covariance = covarianceOf(between(rng, 0.5, 2), between(rng, 0.5, 2), between(rng, -0.8, 0.8));
    const precision = inverse(covariance);
    const r = between(rng, 0.5, 2.5);
    const {nodes, weights} = gaussLegendre(20);
    let mass = 0;
    for (let k = 0; k < 200; ++k) {
      const u = [Math.cos((2 * Math.PI * k) / 200), Math.sin((2 * Math.PI * k) / 200)];
      const edge = r / Math.sqrt(dot(u, apply(precision, u)));
      const ray = nodes.reduce((sum, node, i) => {
        const rho = (edge * (1 + node)) / 2;
        return (
          sum + weights[i] * rho * Math.exp(logNormalDensity([rho * u[0], rho * u[1]], {mean: [0, 0], covariance}))
        );
      }, 0);
      mass += ((2 * Math.PI) / 200) * (edge / 2) * ray;
    }
    return {got: mass, expected: 1 - Math.exp(mutated ? -r * r : (-r * r) / 2), within: 1e-7};
  }
);

export const moments: Equation[] = [area, change, variance, sumVariance, linearMap, totalVariance, ellipse];
