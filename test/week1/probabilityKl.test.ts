import {describe, expect, test} from "vitest";
import {density, quantile} from "../../src/components/math/distribution.js";
import {normal} from "../../src/components/math/distributions/continuous.js";
import {poisson} from "../../src/components/math/distributions/discrete.js";
import {numericGradient} from "../../src/components/math/finiteDifference.js";
import {klNormal} from "../../src/components/math/gaussian.js";
import {integrate} from "../../src/components/math/quadrature.js";
import {rng} from "../../src/components/math/random.js";
import {judge} from "../../src/components/ui/verify.js";
import {answers} from "../../src/week1/probabilityKlAnswers.js";
import {illGivenPositive, posterior} from "../../src/week1/probabilityKl/bayes.js";
import {fitReverse, forwardKl, logMixture, mixtureMoments, reverseKl, type Mixture} from "../../src/week1/probabilityKl/bimodal.js"; // prettier-ignore
import {estimatorErrors, logRatioVariance, ratioSecondMoment} from "../../src/week1/probabilityKl/estimators.js";
import {families, viewOf} from "../../src/week1/probabilityKl/families.js";
import {ascend, fitNormal} from "../../src/week1/probabilityKl/normalLikelihood.js";
import {cdfPoints, densityMarks, tallest} from "../../src/week1/probabilityKl/outlines.js";
import {legendreFeatures, ridge} from "../../src/week1/probabilityKl/ridge.js";

const eight = [2, 4, 4, 4, 5, 5, 7, 9];

/** ∫₀^∞ p ln(p/q) or Σ, and other ways that do not use the page's formulas. */
const independent: Record<string, () => number> = {
  "ex-constant": () => 1 / integrate((x) => x * x * (1 - x), 0, 1),
  "ex-two-tests": () => (0.01 * 0.99 * 0.99) / (0.01 * 0.99 * 0.99 + 0.99 * 0.05 * 0.05),
  "ex-uniform": () => integrate((x) => 1 - x ** 9, 0, 1),
  "ex-exponentials": () => integrate((x) => 2 * Math.exp(-2 * x) * (Math.LN2 - x), 0, 40),
  "ex-metric": () => {
    const direct = (d: number) => integrate((x) => density(normal(0, 1), x) * (-x * d + (d * d) / 2), -12, 12);
    return direct(2) - 2 * direct(1);
  },
  "ex-rate": () => {
    const f = (l: number) => l ** (2 + 17) * Math.exp(-5 * l);
    return integrate((l) => l * f(l), 0, 30, 1e-4) / integrate(f, 0, 30, 1e-4);
  },
  "ex-divisor": () => {
    const error = (c: number) => 8 / c ** 2 + (4 / c - 1) ** 2;
    return [3, 4, 5, 6, 7, 8].reduce((best, c) => (error(c) < error(best) ? c : best));
  },
  "ex-soft-target": () => -[0.7, 0.2, 0.1].reduce((sum, p) => sum + p * Math.log(p), 0),
  "ex-independent": () => -Math.log(0.6),
  "ex-poisson": () => {
    let sum = 0;
    for (let k = 0; k < 60; ++k) sum += density(poisson(3), k) * (poisson(3).logDensity(k) - poisson(5).logDensity(k));
    return sum;
  },
  "ex-laplace": () => {
    const value = (m: number) => 2 * (m - 0.8) ** 2 + Math.abs(m) / 0.5;
    return Array.from({length: 2001}, (_, i) => i / 2000).reduce((best, m) => (value(m) < value(best) ? m : best));
  }
};

describe("answers", () => {
  test.each(Object.entries(independent))("%s by another way", (id, other) => {
    expect(judge(answers[id] as never, String(other()))).toMatchObject({passed: true});
    expect(judge(answers[id] as never, String(other() * 1.01 + 0.01))).toMatchObject({passed: false});
  });
  test("only below √2 has r − 1 − ln r a finite variance, and the cases of the code agree with the formula", () => {
    expect(judge(answers["ex-finite"] as never, "1.414")).toMatchObject({passed: true});
    expect(ratioSecondMoment([0, 1], [0, 1.4])).toBeLessThan(Infinity);
    expect(ratioSecondMoment([0, 1], [0, 1.415])).toBe(Infinity);
    const {cases} = answers["ex-code"] as {cases: {args: number[][]; expected: number}[]};
    for (const {args, expected} of cases) {
      const [m1, v1, m2, v2] = args;
      const sum = m1.reduce((all, m, j) => all + klNormal([m, Math.sqrt(v1[j])], [m2[j], Math.sqrt(v2[j])]), 0);
      expect(expected).toBeCloseTo(sum, 12);
    }
  });
});

test("prevalence 1 %, sensitivity 0.99, specificity 0.95 gives 1/6; impossible evidence is refused", () => {
  expect(illGivenPositive({prevalence: 0.01, sensitivity: 0.99, specificity: 0.95})).toBeCloseTo(1 / 6, 12);
  expect(() => posterior([0.5, 0.5], [0, 0])).toThrow("posterior: expected evidence of probability > 0, got 0");
});

test("gradient ascent climbs to the closed form from both sides of it", () => {
  for (const start of [
    {mean: 0, deviation: 5},
    {mean: 9, deviation: 1}
  ]) {
    const path = ascend(eight, start, 0.4, 400);
    expect(path[400].mean).toBeCloseTo(5, 8);
    expect(path[400].deviation).toBeCloseTo(2, 8);
  }
  expect(fitNormal(eight)).toEqual({mean: 5, deviation: 2});
});

test("both estimates err as 1/√n where their variance is finite, by the constant that theory gives", () => {
  const [p, q] = [[0, 2], [0, 1]] as [number, number][]; // prettier-ignore
  const truth = klNormal(p, q);
  const [few, many] = estimatorErrors(p, q, truth, [100, 1600], 300, 7);
  expect(many.logRatio / few.logRatio).toBeGreaterThan(0.25 * 0.8);
  expect(many.logRatio / few.logRatio).toBeLessThan(0.25 * 1.25);
  expect(many.ratioExcess / few.ratioExcess).toBeLessThan(0.25 * 1.4);
  expect(many.logRatio / Math.sqrt(logRatioVariance(p, q) / 1600)).toBeCloseTo(1, 0);
});

test("forward KL is least at the mixture's moments; reverse KL seeks one peak and pays ln 2 for the other", () => {
  const far: Mixture = {weight: 0.5, first: [-4, 1], second: [4, 1]};
  expect(mixtureMoments(far)[1]).toBeCloseTo(Math.sqrt(17), 12);
  const [mean, deviation] = fitReverse(far, [3, 2]);
  expect(mean).toBeCloseTo(4, 1);
  expect(deviation).toBeCloseTo(1, 1);
  expect(reverseKl(far, [mean, deviation])).toBeCloseTo(Math.LN2, 2);
  const slopes = numericGradient(([m, s]) => reverseKl(far, [m, Math.exp(s)]), [mean, Math.log(deviation)]);
  expect(Math.hypot(...slopes)).toBeLessThan(1e-3);
  const single: Mixture = {weight: 0.3, first: [1, 0.7], second: [1, 0.7]};
  expect(forwardKl(single, [0, 2])).toBeCloseTo(klNormal([1, 0.7], [0, 2]), 10);
  expect(logMixture(200, far)).toBeCloseTo(Math.log(0.5) + normal(4, 1).logDensity(200), 6);
});

test("ridge is least squares at λ = 0 and goes to 0 as λ grows; Legendre's polynomials are orthogonal", () => {
  const x = [-1, -0.5, 0, 0.5, 1].map((t) => legendreFeatures(t, 2));
  const y = [1, 0.2, 0, 0.3, 0.9];
  const exact = ridge(x, legendreFeatures(0, 4).map((_, i) => x[i][0] + 2 * x[i][2]), 0); // prettier-ignore
  [1, 0, 2].forEach((w, j) => expect(exact[j]).toBeCloseTo(w, 12));
  const sizes = [0, 1, 100, 1e6].map((lambda) => Math.hypot(...ridge(x, y, lambda)));
  expect([...sizes].sort((a, b) => b - a)).toEqual(sizes);
  expect(integrate((t) => legendreFeatures(t, 5)[5] * legendreFeatures(t, 5)[3], -1, 1)).toBeCloseTo(0, 12);
});

describe("the explorer", () => {
  test.each(families.map((family) => [family.name, family] as const))(
    "%s is drawn at the ends of its sliders",
    (_, family) => {
      const corners = [0, 1].flatMap((i) => [0, 1].map((j) => family.parameters.map(({range}, k) => range[k ? j : i])));
      for (const values of [...corners, family.parameters.map(({value}) => value)]) {
        const d = family.make(values);
        const view = viewOf(d);
        expect(view.every(Number.isFinite) && view[0] < view[1]).toBe(true);
        expect(tallest(d, view)).toBeGreaterThan(0);
        const steps = cdfPoints(d, view).map(([, y]) => y);
        expect(steps.every((y, i) => y >= 0 && y <= 1 && (i === 0 || y >= steps[i - 1] - 1e-12))).toBe(true);
        const marks = densityMarks(d, view, [quantile(d, 0.3), quantile(d, 0.8)]);
        expect(marks.flatMap((mark) => (mark.kind === "curve" ? mark.points.flat() : [])).every(Number.isFinite)).toBe(
          true
        );
      }
      expect(family.make(family.parameters.map(({value}) => value)).draw(rng(1))).toBeTypeOf("number");
    }
  );
});
