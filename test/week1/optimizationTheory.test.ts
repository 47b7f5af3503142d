import {expect, test} from "vitest";
import {numericGradient} from "../../src/components/math/finiteDifference.js";
import {rng} from "../../src/components/math/random.js";
import {convergence} from "../../src/week1/optimizationTheory/convergence.js";
import {bestMultipliers, describeEllipse, keepInTriangle, keepOnEllipse, kktOf, multiplier, objective} from "../../src/week1/optimizationTheory/constraintDrawings.js"; // prettier-ignore
import {chordFaults, curves, keepInBall, outside, parabolaFault, size, spread} from "../../src/week1/optimizationTheory/drawings.js"; // prettier-ignore
import {entropyCurve, maximumEntropy} from "../../src/week1/optimizationTheory/entropy.js";
import {
  fromTriangle,
  multipliersOf,
  projectOnSimplex,
  residuals,
  threshold,
  toTriangle
} from "../../src/week1/simplex.js";
import {batchVariance, drawnVariance, expectedSquares, floorOf, moments, simulate} from "../../src/week1/stochastic.js";

test("the projection has no KKT residual, and every other point of the simplex is farther away", () => {
  for (const seed of [1, 2, 3]) {
    const v = Array.from(rng(seed).normal(5));
    const x = projectOnSimplex(v);
    for (const broken of Object.values(residuals(v, x, threshold(v), multipliersOf(v)))) expect(broken).toBeLessThan(1e-12); // prettier-ignore
    const distance = (y: number[]) => Math.hypot(...y.map((value, i) => value - v[i]));
    for (let k = 0; k < 50; ++k) {
      const weights = Array.from(rng(seed).fork(k).uniform(5));
      const sum = weights.reduce((a, b) => a + b, 0);
      expect(distance(weights.map((value) => value / sum))).toBeGreaterThanOrEqual(distance(x));
    }
  }
});

test("each wrong guess breaks a condition: inside stationarity, on the wrong side dual feasibility or stationarity", () => {
  const v = toTriangle([0.9, 0.6, -0.5]);
  const broken = (x: number[]) => kktOf([v, toTriangle(x)]).residuals;
  expect(broken([0.4, 0.4, 0.2]).stationarity).toBeGreaterThan(0.1);
  expect(broken([0, 0.5, 0.5]).dual + broken([0, 0.5, 0.5]).stationarity).toBeGreaterThan(0.1);
  for (const value of Object.values(broken([0.65, 0.35, 0]))) expect(value).toBeLessThan(1e-9);
  expect(bestMultipliers([0.9, 0.6, -0.5], [0.65, 0.35, 0]).theta).toBeCloseTo(0.25, 12);
});

test("the triangle's coordinates turn back into those of the simplex and keep distances but for √2", () => {
  const [a, b] = [[0.2, 0.5, 0.3], [0.7, -0.1, 0.4]]; // prettier-ignore
  expect(fromTriangle(toTriangle(b))).toEqual(b.map((x) => expect.closeTo(x, 12)));
  const [p, q] = [toTriangle(a), toTriangle(b)];
  const apart = Math.hypot(...a.map((x, i) => x - b[i]));
  expect(Math.hypot(p[0] - q[0], p[1] - q[1])).toBeCloseTo(apart / Math.SQRT2, 12);
  expect(fromTriangle(keepInTriangle(q))).toEqual(projectOnSimplex(b).map((x) => expect.closeTo(x, 12)));
});

test("on the ellipse the tangent part of the gradient is the derivative along it", () => {
  for (const t of [0.3, 1.9, 4]) {
    const at: [number, number] = [2 * Math.cos(t), Math.sin(t)];
    expect(keepOnEllipse([3 * at[0], 3 * at[1]])).toEqual(at.map((x) => expect.closeTo(x, 12)));
    const [along] = numericGradient(([s]) => objective([2 * Math.cos(s), Math.sin(s)]), [t]);
    const speed = Math.hypot(2 * Math.sin(t), Math.cos(t));
    expect(multiplier(at).left).toBeCloseTo(Math.abs(along) / speed, 8);
  }
  expect(describeEllipse(keepOnEllipse([1.4, 1.2]))).toContain("λ = ");
});

test("curvatures given for the curves are those of their second differences on [−3, 3]", () => {
  for (const {f, slope, least, most} of Object.values(curves)) {
    const h = 1e-4;
    const bends = spread(-3, 3, 600).map((x) => (slope(x + h) - slope(x - h)) / (2 * h));
    expect(Math.min(...bends)).toBeCloseTo(least, 3);
    expect(Math.max(...bends)).toBeCloseTo(most, 3);
    for (const x of [-2, 0.3, 1.7]) expect(slope(x)).toBeCloseTo(numericGradient(([at]) => f(at), [x])[0], 7);
  }
});

test("parabolas of the extreme curvatures hold at every point of contact, those beyond them break", () => {
  for (const curve of Object.values(curves))
    for (const at of [-2.5, -1, 0, 0.4, 1.6]) {
      expect(parabolaFault(curve, at, curve.most + 1e-6, "above")).toBeNull();
      expect(parabolaFault(curve, at, curve.least - 1e-6, "below")).toBeNull();
    }
  const worst = curves["½x² + cos 2x"]; // its curvature is 5 at ±π/2 and −3 at 0
  expect(parabolaFault(worst, Math.PI / 2, 4.5, "above")).not.toBeNull();
  expect(parabolaFault(worst, 0, -2.5, "below")).not.toBeNull();
  expect(chordFaults(worst, [[-1.8, worst.f(-1.8)], [1.4, worst.f(1.4)]]).chord).toBeGreaterThan(0.5); // prettier-ignore
});

test("the ball of a power below 1 is not convex, from 1 on it is", () => {
  for (const p of [0.5, 0.9]) expect(outside([[0, 1], [1, 0]], p)).toBeGreaterThan(0.9); // prettier-ignore
  for (const p of [1, 1.5, 4]) {
    const points = [1, 2].map((k) => keepInBall(Array.from(rng(k).normal(2)) as [number, number], p));
    expect(outside(points, p)).toBe(0);
    expect(size(keepInBall([3, 4], p), p)).toBeCloseTo(1, 12);
  }
});

test("both curves of convergence stay below their bounds", () => {
  const {strong, flat} = convergence(20, 100);
  for (const {measured, bound} of [strong, flat])
    measured.forEach(([, y], i) => expect(y).toBeLessThanOrEqual(bound[i][1] * (1 + 1e-9)));
});

test("the largest entropy over the mean is concave and highest at the plain mean of the scores", () => {
  const best = entropyCurve.reduce((a, b) => (b[1] > a[1] ? b : a));
  expect(best[0]).toBeCloseTo(0.5, 1);
  expect(best[1]).toBeLessThanOrEqual(Math.log(5));
  const slopes = entropyCurve.slice(1).map(([x, y], i) => (y - entropyCurve[i][1]) / (x - entropyCurve[i][0]));
  slopes.slice(1).forEach((slope, i) => expect(slope).toBeLessThan(slopes[i] + 1e-9));
  expect(maximumEntropy(1e9).entropy).toBeCloseTo(Math.log(5), 8);
});

test("drawn batches have the variance of the formulas, within five standard errors", () => {
  const values = Array.from(rng(7).normal(60));
  for (const replacement of [true, false])
    for (const size of [1, 10, 45]) {
      const draws = 4000;
      const expected = batchVariance(moments(values).variance, size, 60, replacement);
      const got = drawnVariance(values, size, {replacement, draws, rng: rng(size)});
      expect(Math.abs(got / expected - 1)).toBeLessThan(5 * Math.sqrt(3 / draws)); // kurtosis of a mean is at most about 4
    }
  expect(drawnVariance(values, 60, {replacement: false, draws: 3, rng: rng(1)})).toBeCloseTo(0, 20);
});

test("simulated SGD follows its recurrence, and a falling rate goes below the floor", () => {
  const noisy = {curvature: 1, sigma: 1};
  const [chains, steps] = [4000, 60];
  const constant = expectedSquares(noisy, 3, () => 0.5, steps);
  const {squares} = simulate(noisy, rng(1).normal(steps * chains), {start: 3, rate: () => 0.5, chains});
  for (const k of [1, 10, 60]) expect(Math.abs(squares[k] / constant[k] - 1)).toBeLessThan(5 * Math.sqrt(2 / chains));
  expect(constant[steps]).toBeCloseTo(floorOf(noisy, 0.5), 9);
  expect(expectedSquares(noisy, 3, (k) => 1 / k, steps)[steps]).toBeCloseTo(1 / steps, 12);
  expect(floorOf(noisy, 2)).toBe(Infinity);
});
