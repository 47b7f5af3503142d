import * as tf from "@tensorflow/tfjs";
import {describe, expect, test} from "vitest";
import {accuracy, calibration} from "../../src/components/evaluate/metrics.js";
import {averagePrecision, precisionRecall} from "../../src/components/evaluate/precisionRecall.js";
import {sigmoid} from "../../src/components/math/activations.js";
import {numericGradient} from "../../src/components/math/finiteDifference.js";
import {rng} from "../../src/components/math/random.js";
import {judge, type Verify} from "../../src/components/ui/verify.js";
import {fittedPanel, temperedRows} from "../../src/week2/basicLosses/drawings.js";
import * as formulas from "../../src/week2/basicLosses/formulas.js";
import {fourClouds, outlierPoints, posterior, rareClass, rareLogOdds, truth} from "../../src/week2/basicLosses/problems.js"; // prettier-ignore
import {byInverse, fitTemperature, scaled} from "../../src/week2/basicLosses/temperature.js";
import {answers} from "../../src/week2/basicLossesAnswers.js";
import {fitCurve, fitNoisy, fitRare, library, rareSplit} from "../../src/week2/basicLossesTraining.js";
import {smoothedGradient, smoothedTarget} from "../../src/week2/byHand.js";
import {value, values} from "../gradients.js";

/** Where a function with one minimum is least, by narrowing an interval to two thirds again and again. */
function leastAt(f: (x: number) => number, low: number, high: number): number {
  for (let k = 0; k < 120; ++k) {
    const [a, b] = [low + (high - low) / 3, high - (high - low) / 3];
    if (f(a) < f(b)) high = b;
    else low = a;
  }
  return (low + high) / 2;
}

/** The mean negative log-likelihood of rows of logits divided by T, as its definition says it. */
const likelihood = (rows: number[][], labels: number[], temperature: number): number =>
  -rows.reduce((sum, z, i) => {
    const e = z.map((zk) => Math.exp(zk / temperature));
    return sum + Math.log(e[labels[i]] / e.reduce((a, b) => a + b)) / rows.length;
  }, 0);

const overHuber = (y: number) => (Math.abs(y - 3) <= 0.5 ? (y - 3) ** 2 / 2 : 0.5 * (Math.abs(y - 3) - 0.25)) / 4;
const sure = Array.from({length: 100}, () => [Math.log(91), ...new Array<number>(9).fill(0)]);
const mostlyRight = sure.map((_, i) => (i === 0 ? 1 : 0));

/** Ways to the answers that share no code with the page. */
const independent: Record<string, number> = {
  "ex-constant": (0 + 1 + 2 + 3 + 100) / 5 - 2,
  "ex-huber": numericGradient(([y]) => overHuber(y), [1])[0],
  "ex-heads": Math.log(0.9) - Math.log(0.1),
  "ex-gap": Math.log(0.9001) - Math.log(0.0001),
  "ex-floor": -(0.85 * Math.log(0.85) + 3 * 0.05 * Math.log(0.05)),
  "ex-easy": (0.25 * Math.LN2) / (0.01 * Math.log(10 / 9)),
  "ex-threshold": leastAt((p) => -9 * 0.5 * Math.log(p) - 0.5 * Math.log(1 - p), 0.01, 0.99), // p at π = ½
  "ex-temperature": leastAt((t) => likelihood(sure, mostlyRight, t), 0.1, 10)
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

  test("the least weight for a recall is where counting over a fine grid of weights first finds enough", () => {
    const {cases} = answers["ex-recall"] as Extract<Verify, {kind: "code"}>;
    for (const {args, expected} of cases) {
      const [posteriors, share] = args as [number[], number];
      const called = (alpha: number) => posteriors.filter((p) => alpha * p >= (1 - alpha) * (1 - p)).length;
      const grid = Array.from({length: 10_001}, (_, i) => i / 10_000);
      const first = grid.find((alpha) => called(alpha) >= share * posteriors.length)!;
      expect(Math.abs(first - (expected as number))).toBeLessThan(2e-4);
    }
  });

  test("the temperature that the code exercise expects has the least negative log-likelihood", () => {
    const {cases} = answers["ex-temperature-code"] as Extract<Verify, {kind: "code"}>;
    for (const {args, expected} of cases) {
      const [rows, labels] = args as [number[][], number[]];
      expect(leastAt((t) => likelihood(rows, labels, t), 0.02, 20)).toBeCloseTo(expected as number, 5);
    }
    expect(cases[0].expected).toBeCloseTo(2 / Math.log(3), 9); // three of four right, all with a gap of 2
  });
});

test("published and derived numbers of the page", () => {
  expect(formulas.focalAt(0.5, 2)).toBeCloseTo(0.173287, 6);
  expect(formulas.focalAt(0.9, 2)).toBeCloseTo(0.00105361, 8);
  expect(formulas.smoothedGap(10, 0.1)).toBeCloseTo(4.51086, 6);
  expect(formulas.entropy(smoothedTarget(3, 10, 0.1))).toBeCloseTo(0.500288, 6);
  expect(formulas.smoothedFloor(10, 0.1)).toBeCloseTo(0.500288, 6);
  expect(formulas.smoothedFloor(4, 0.1)).toBeCloseTo(-(0.925 * Math.log(0.925) + 3 * 0.025 * Math.log(0.025)), 12);
});

test("the focal loss is convex in p for every γ ≥ 0, so that a mean of two has one minimum", () => {
  for (const gamma of [0, 0.2, 0.5, 1, 2, 5]) {
    const slopes = Array.from({length: 98}, (_, i) => formulas.focalSlope((i + 1) / 100, gamma));
    slopes.slice(1).forEach((slope, i) => expect(slope).toBeGreaterThan(slopes[i]));
  }
});

describe("temperature scaling", () => {
  const stream = rng(5);
  const count = 4000;
  const data = Array.from(stream.normal(3 * count, 0, 2));
  const rows = Array.from({length: count}, (_, i) => data.slice(3 * i, 3 * i + 3));
  const chance = stream.uniform(count);
  /** Labels drawn from the softmax itself: these logits are calibrated. */
  const labels = rows.map((z, i) => {
    const e = z.map(Math.exp);
    const u = chance[i] * (e[0] + e[1] + e[2]);
    return u < e[0] ? 0 : u < e[0] + e[1] ? 1 : 2;
  });
  const logits = {data, shape: [count, 3]};

  test("asks 1 of calibrated logits, c of c times as large ones, and changes no accuracy", () => {
    const own = fitTemperature(logits, labels);
    expect(own).toBeGreaterThan(0.95);
    expect(own).toBeLessThan(1.05);
    for (const factor of [0.25, 3]) {
      const other = scaled(logits, 1 / factor);
      const found = fitTemperature(other, labels);
      expect(found).toBeCloseTo(factor * own, 8);
      expect(accuracy(scaled(other, found), labels)).toBe(accuracy(other, labels));
      expect(calibration(scaled(other, found), labels).error).toBeLessThan(calibration(other, labels).error / 2);
    }
  });

  test("ends where the expected logit is the labels' mean logit", () => {
    const found = fitTemperature(logits, labels);
    expect(byInverse(logits, labels, 1 / found).slope).toBeCloseTo(0, 10);
    expect(byInverse(logits, labels, 1 / found).curvature).toBeGreaterThan(0);
  });

  test("stays between its bounds where there is no minimum", () => {
    const right = {data: [1, 0, 0, 2], shape: [2, 2]};
    expect(fitTemperature(right, [0, 1])).toBeCloseTo(1e-3, 4);
    expect(fitTemperature(right, [1, 0])).toBeCloseTo(1e3, -1);
  });
});

test("networks three times too sure get T = 3 from one half of the clean points, and are mended on the other", () => {
  const {points} = fourClouds(rng(2).fork("test"), 4000, 0);
  const data = Float32Array.from(points.flatMap((p) => posterior(p).map((x) => 3 * Math.log(x))));
  const [row] = temperedRows([{run: {loss: "CE"}, losses: [], outputs: {data, shape: [4000, 4]}}], {seed: 2});
  expect(Math.abs(row.temperature - 3)).toBeLessThan(0.3);
  expect(row.after.accuracy).toBe(row.before.accuracy);
  expect(row.after.error).toBeLessThan(row.before.error / 2);
  expect(row.after.nll).toBeLessThan(row.before.nll);
});

test("each fitted curve is named in the colour in which it is drawn", () => {
  const setup = {share: 0.2, seed: 1};
  const fits = (["MSE", "MAE", "Huber"] as const).map((loss, i) => ({
    run: {loss},
    losses: [],
    outputs: {data: new Float32Array(101).fill(i), shape: [101, 1]}
  }));
  const marks = fittedPanel(setup, fits).draw([], {});
  for (const [i, {run}] of fits.entries()) {
    const curve = marks.find((mark) => mark.kind === "curve" && mark.points.length === 101 && mark.points[0][1] === i)!;
    const name = marks.find((mark) => mark.kind === "text" && mark.text === run.loss)!;
    expect(name.color).toBe(curve.color);
  }
  expect(new Set(marks.flatMap((mark) => (mark.kind === "text" ? [mark.color] : []))).size).toBe(4);
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
  const mean = points.reduce((sum, p) => sum + sigmoid(rareLogOdds(p, 100)), 0) / points.length;
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

test("the library says what the formulas say, and formulas with another ε, K, γ or δ are told from it", () => {
  const z = [0.5, -1, 2];
  const out = tf.tidy(() => {
    const {smoothed, focal, huber} = library(z, 0, {epsilon: 0.2, gamma: 2});
    const loss = value(smoothed.value);
    return {loss, smoothed: values(smoothed.gradient), focal: values(focal.gradient), huber: values(huber.gradient)};
  });
  const apart = (a: number[], b: number[]) => Math.max(...a.map((x, k) => Math.abs(x - b[k])));
  const p = z.map((x) => Math.exp(x) / z.reduce((sum, y) => sum + Math.exp(y), 0));
  const t = [0.8 + 0.2 / 3, 0.2 / 3, 0.2 / 3];
  expect(out.loss).toBeCloseTo(-t.reduce((sum, tk, k) => sum + tk * Math.log(p[k]), 0), 5);
  const gradient = (epsilon: number, classes = 3) => smoothedGradient(z, smoothedTarget(0, classes, epsilon));
  expect(apart(out.smoothed, gradient(0.2))).toBeLessThan(1e-6);
  expect(apart(out.smoothed, p.map((pk, k) => pk - t[k]))).toBeLessThan(1e-6); // prettier-ignore
  expect(apart(out.smoothed, gradient(0.19))).toBeGreaterThan(1e-3);
  expect(apart(out.smoothed, gradient(0.2, 4).slice(0, 3))).toBeGreaterThan(1e-3);
  expect(apart(out.focal, formulas.focalGradient(z, 0, 2))).toBeLessThan(1e-5);
  expect(apart(out.focal, formulas.focalGradient(z, 0, 1.9))).toBeGreaterThan(1e-3);
  const clipped = (delta: number) => z.map((r) => formulas.huberAt(delta).slope(r) / 3);
  expect(apart(out.huber, clipped(1))).toBeLessThan(1e-6);
  expect(apart(out.huber, clipped(0.9))).toBeGreaterThan(1e-3);
});
