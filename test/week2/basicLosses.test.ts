import * as tf from "@tensorflow/tfjs";
import {describe, expect, test} from "vitest";
import {accuracy} from "../../src/components/evaluate/metrics.js";
import {averagePrecision, precisionRecall} from "../../src/components/evaluate/precisionRecall.js";
import {numericGradient} from "../../src/components/math/finiteDifference.js";
import {rng} from "../../src/components/math/random.js";
import {judge, type Verify} from "../../src/components/ui/verify.js";
import * as formulas from "../../src/week2/basicLosses/formulas.js";
import {fourClouds, outlierPoints, posterior, rareClass, rareLogOdds, truth} from "../../src/week2/basicLosses/problems.js"; // prettier-ignore
import {answers} from "../../src/week2/basicLossesAnswers.js";
import {fitCurve, fitNoisy, fitRare, library, rareSplit} from "../../src/week2/basicLossesTraining.js";
import {value, values} from "../gradients.js";

/** Ways to the answers that share no code with the page. */
const independent: Record<string, number> = {
  "ex-constant": (0 + 1 + 2 + 3 + 100) / 5 - 2,
  "ex-huber": -0.5 / 4,
  "ex-heads": Math.log(0.9) - Math.log(0.1),
  "ex-gap": Math.log(0.9001) - Math.log(0.0001),
  "ex-floor": -(0.85 * Math.log(0.85) + 3 * 0.05 * Math.log(0.05)),
  "ex-easy": (0.25 * Math.LN2) / (0.01 * Math.log(10 / 9)),
  "ex-threshold": 9 / 10
};

describe("answers", () => {
  test.each(Object.entries(independent))("%s by another way", (id, other) => {
    expect(judge(answers[id] as never, String(other))).toMatchObject({passed: true});
    expect(judge(answers[id] as never, String(other * 1.02))).toMatchObject({passed: false});
  });

  test("the code exercise expects central differences", () => {
    const {cases} = answers["ex-focal-code"] as Extract<Verify, {kind: "code"}>;
    for (const {args, expected} of cases) {
      const [z, label, gamma] = args as [number[], number, number];
      const p = (at: number[]) => Math.exp(at[label]) / at.reduce((sum, x) => sum + Math.exp(x), 0);
      const loss = (at: number[]) => -((1 - p(at)) ** gamma) * Math.log(p(at));
      numericGradient(loss, z).forEach((g, k) => expect((expected as number[])[k]).toBeCloseTo(g, 7));
    }
  });
});

test("published and derived numbers of the page", () => {
  expect(formulas.focalAt(0.5, 2)).toBeCloseTo(0.173287, 6);
  expect(formulas.focalAt(0.9, 2)).toBeCloseTo(0.00105361, 8);
  expect(formulas.smoothedGap(10, 0.1)).toBeCloseTo(4.51086, 6);
  expect(formulas.entropy(formulas.smoothedTarget(10, 3, 0.1))).toBeCloseTo(0.500288, 6);
});

test("outliers lie above the curve by 2 to 4, as many as asked for, and the other points on it", () => {
  const {x, t, moved} = outlierPoints(1, 0.25);
  expect(moved.filter(Boolean).length).toBe(40);
  x.forEach((xi, i) => {
    const r = t[i] - truth(xi);
    if (moved[i]) expect(Math.abs(r - 3)).toBeLessThan(1.5);
    else expect(Math.abs(r)).toBeLessThan(0.5);
  });
});

test("no scorer orders the rare class better than the odds of Bayes' rule", () => {
  const {points, labels} = rareClass(rng(3), 300, 100);
  const precision = (score: (p: [number, number]) => number) =>
    averagePrecision(precisionRecall(points.map(score), labels));
  const best = precision((p) => rareLogOdds(p, 100));
  for (const other of [([x]: [number, number]) => x, ([x, y]: [number, number]) => x + y])
    expect(precision(other)).toBeLessThan(best);
  // the odds are those of the densities: mean of the probability over all points = share of the class
  const mean = points.reduce((sum, p) => sum + formulas.sigmoid(rareLogOdds(p, 100)), 0) / points.length;
  expect(mean).toBeCloseTo(1 / 101, 2);
});

test("label noise η leaves 1 − ¾ η of the labels right", () => {
  const [clean, noisy] = [0, 0.4].map((noise) => fourClouds(rng(1), 4000, noise));
  expect(noisy.points).toEqual(clean.points);
  const kept = noisy.labels.filter((k, i) => k === clean.labels[i]).length / 4000;
  expect(kept).toBeCloseTo(0.7, 1);
  const data = clean.points.flatMap(posterior);
  expect(accuracy({data, shape: [4000, 4]}, clean.labels)).toBeGreaterThan(0.88);
});

test("with outliers a curve fitted by MSE lies above the truth by their share times their mean; by MAE it does not", () => {
  const bias = (loss: "MSE" | "MAE" | "Huber") => {
    const {outputs} = fitCurve({loss, share: 0.2, delta: 0.2, seed: 1, steps: 120, grid: 51});
    return values(outputs).reduce((sum, y, i) => sum + (y - truth(-2.5 + i / 10)) / 51, 0);
  };
  const byMse = bias("MSE");
  expect(byMse).toBeGreaterThan(0.45);
  expect(byMse).toBeLessThan(0.75);
  expect(Math.abs(bias("MAE"))).toBeLessThan(0.25);
}, 180_000);

test("a weight on the rare class raises its recall, whatever the loss", () => {
  const {labels} = rareSplit(1, 20).test;
  const recall = (loss: "CE" | "weighted CE", alpha: number) => {
    const {scores} = fitRare({loss, ratio: 20, gamma: 2, alpha, seed: 1, steps: 120});
    const found = values(scores).filter((z, i) => z > 0 && labels[i]).length;
    return found / labels.filter(Boolean).length;
  };
  expect(recall("weighted CE", 0.95)).toBeGreaterThan(recall("CE", 0.5) + 0.1);
}, 60_000);

test("KL goes towards 0, cross-entropy from the same targets to their entropy; wrong labels keep it high", () => {
  const last = (loss: "KL" | "CE") => {
    const {losses} = fitNoisy({loss, noise: 0.3, epsilon: 0.1, seed: 1, steps: 40});
    return values(losses).at(-1)!;
  };
  expect(last("KL")).toBeLessThan(0.05);
  expect(last("CE")).toBeGreaterThan(0.5);
}, 60_000);

test("the library says what the formulas say", () => {
  const z = [0.5, -1, 2];
  const out = tf.tidy(() => {
    const {smoothed, focal, huber} = library(z, 0, {epsilon: 0.2, gamma: 2});
    return {smoothed: value(smoothed.value), focal: values(focal.gradient), huber: values(huber.gradient)};
  });
  const p = z.map((x) => Math.exp(x) / z.reduce((sum, y) => sum + Math.exp(y), 0));
  const t = formulas.smoothedTarget(3, 0, 0.2);
  expect(out.smoothed).toBeCloseTo(-t.reduce((sum, tk, k) => sum + tk * Math.log(p[k]), 0), 5);
  formulas.focalGradient(z, 0, 2).forEach((g, k) => expect(out.focal[k]).toBeCloseTo(g, 5));
  z.forEach((r, k) => expect(out.huber[k]).toBeCloseTo(formulas.huberAt(1).slope(r) / 3, 6));
});
