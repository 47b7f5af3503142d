import {expect, test} from "vitest";
import {
  gaussianEntropy,
  klGaussian,
  klNormal,
  logNormalDensity,
  type Gaussian
} from "../../src/components/math/gaussian.js";
import * as m from "../../src/components/math/matrix.js";
import {integrate} from "../../src/components/math/quadrature.js";
import {rng} from "../../src/components/math/random.js";

const correlated: Gaussian = {
  mean: [0, 0],
  covariance: [
    [1, 0.5],
    [0.5, 1]
  ]
};
const shifted: Gaussian = {mean: [1, 0], covariance: m.identity(2)};

function random(seed: number, k: number): Gaussian {
  const z = rng(seed).normal(k * k + k);
  const a = m.build(k, k, (i, j) => z[i * k + j]);
  return {mean: Array.from(z.slice(k * k)), covariance: m.add(m.multiply(a, m.transpose(a)), m.identity(k), 0.3)};
}

test("KL of two normals has its known values and is the integral of p ln(p/q)", () => {
  expect(klNormal([0, 1], [1, 1])).toBeCloseTo(0.5, 15);
  expect(klNormal([0, 1], [0, 2])).toBeCloseTo(0.318147, 6);
  expect(klNormal([0, 2], [0, 1])).toBeCloseTo(0.806853, 6);
  expect(klNormal([1, 2], [0, 1])).toBeCloseTo(1.306853, 6);
  const log = (x: number, mu: number, sigma: number) =>
    logNormalDensity([x], {mean: [mu], covariance: [[sigma * sigma]]});
  const integral = integrate((x) => Math.exp(log(x, 0.3, 0.8)) * (log(x, 0.3, 0.8) - log(x, -1, 1.7)), -9, 10);
  expect(klNormal([0.3, 0.8], [-1, 1.7])).toBeCloseTo(integral, 11);
  expect(() => klNormal([0, 0], [0, 1])).toThrow("klNormal: expected deviations > 0, got 0 and 1");
});

test("KL in two dimensions has its known values, and is zero only for equals", () => {
  expect(klGaussian(correlated, shifted)).toBeCloseTo(0.643841, 6);
  expect(klGaussian(shifted, correlated)).toBeCloseTo(0.856159, 6);
  for (let seed = 0; seed < 5; ++seed) {
    expect(klGaussian(random(seed, 4), random(seed, 4))).toBeCloseTo(0, 12);
    expect(klGaussian(random(seed, 4), random(seed + 9, 4))).toBeGreaterThan(0);
  }
});

test("KL is the formula with inverse and determinant, adds over independent axes and survives a change of coordinates", () => {
  const [p, q] = [random(3, 3), random(4, 3)];
  const inverse = m.inverse(q.covariance);
  const d = q.mean.map((x, i) => x - p.mean[i]);
  const logs = Math.log(m.determinant(q.covariance) / m.determinant(p.covariance));
  const formula = 0.5 * (m.trace(m.multiply(inverse, p.covariance)) + m.dot(d, m.apply(inverse, d)) - 3 + logs);
  expect(klGaussian(p, q)).toBeCloseTo(formula, 12);
  const axes = klGaussian(
    {mean: [0, 1], covariance: m.diagonal([4, 1])},
    {mean: [1, 1], covariance: m.diagonal([1, 9])}
  );
  expect(axes).toBeCloseTo(klNormal([0, 2], [1, 1]) + klNormal([1, 1], [1, 3]), 14);
  const a = random(5, 3).covariance;
  const image = ({mean, covariance}: Gaussian) => ({
    mean: m.apply(a, mean),
    covariance: m.multiply(m.multiply(a, covariance), m.transpose(a))
  });
  expect(klGaussian(image(p), image(q))).toBeCloseTo(klGaussian(p, q), 10);
});

test("the density of independent axes is the product; the entropy of N(0, 1) is 1.418939 nats", () => {
  const one = (x: number) => logNormalDensity([x], {mean: [0], covariance: [[1]]});
  expect(logNormalDensity([0.4, -1], {mean: [0, 0], covariance: m.identity(2)})).toBeCloseTo(one(0.4) + one(-1), 14);
  expect(Math.exp(one(0))).toBeCloseTo(1 / Math.sqrt(2 * Math.PI), 15);
  expect(gaussianEntropy([[1]])).toBeCloseTo(1.4189385332046727, 14);
  expect(gaussianEntropy(m.diagonal([4, 9]))).toBeCloseTo(2 * 1.4189385332046727 + Math.log(6), 13);
});

test("shapes that do not fit and covariances that are none are refused", () => {
  expect(() => klGaussian(correlated, {mean: [0], covariance: [[1]]})).toThrow(
    "klGaussian: expected 2 dimensions, got 1"
  );
  expect(() => logNormalDensity([0, 0], {mean: [0, 0], covariance: [[1]]})).toThrow("logNormalDensity: expected a covariance of order 2, got 1"); // prettier-ignore
  const indefinite = {
    mean: [0, 0],
    covariance: [
      [1, 2],
      [2, 1]
    ]
  };
  expect(() => klGaussian(indefinite, correlated)).toThrow("positive definite");
});
