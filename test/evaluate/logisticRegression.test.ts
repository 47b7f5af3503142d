import {expect, test} from "vitest";
import {logisticRegression, logitsOf} from "../../src/components/evaluate/logisticRegression.js";
import {curvature} from "../../src/components/evaluate/curvature.js";
import {meanLoss, softmax} from "../../src/components/evaluate/metrics.js";
import {plainProducts, type Products} from "../../src/components/evaluate/products.js";
import {take} from "../../src/components/evaluate/rows.js";
import {rng} from "../../src/components/math/random.js";
import {blobs, normalRows, rowsOf} from "./rowsOf.js";

const mixed = blobs(1, {apart: 1});
const tight = {decay: 0.01, tolerance: 1e-10};

test("at the optimum Σ (p − y) xᵀ / N + λ W = 0 and Σ (p − y) = 0", async () => {
  const {weight, bias} = await logisticRegression(mixed, 3, tight);
  const p = softmax(await logitsOf({weight, bias}, mixed.features));
  const {data, shape} = mixed.features;
  const [n, d] = shape;
  for (let k = 0; k < 3; ++k) {
    const residual = Array.from({length: n}, (_, i) => p[i * 3 + k] - (mixed.labels[i] === k ? 1 : 0));
    expect(Math.abs(residual.reduce((sum, r) => sum + r, 0)) / n).toBeLessThan(1e-8);
    for (let j = 0; j < d; ++j) {
      const slope = residual.reduce((sum, r, i) => sum + r * data[i * d + j], 0) / n;
      expect(Math.abs(slope + 0.01 * weight.data[k * d + j])).toBeLessThan(1e-8);
    }
  }
});

test("two points at ±1 have the weight that its own equation gives: w = 2σ(−2w) / 2λ, half to each class", async () => {
  const set = {features: rowsOf([[-1], [1]]), labels: [0, 1]};
  const {weight, bias} = await logisticRegression(set, 2, {decay: 0.1, tolerance: 1e-12});
  const w = weight.data[1];
  expect(weight.data[0]).toBeCloseTo(-w, 10);
  expect(w * 0.1).toBeCloseTo(1 / (1 + Math.exp(2 * w)), 10); // λ w = 1 − p(right), logits ±w
  expect(bias[0]).toBeCloseTo(bias[1], 10);
});

test("without information the logits are the classes' log frequencies", async () => {
  const set = {features: rowsOf([[0], [0], [0], [0]]), labels: [0, 1, 1, 1]};
  const {bias} = await logisticRegression(set, 2, {decay: 0.01, tolerance: 1e-12});
  expect(bias[1] - bias[0]).toBeCloseTo(Math.log(3), 8);
});

test("the order of the rows and the start do not matter, and classes carry no order", async () => {
  const expected = await logisticRegression(mixed, 3, tight);
  const order = rng(4).permutation(90);
  const shuffled = {features: take(mixed.features, order), labels: Array.from(order, (row) => mixed.labels[row])};
  const from = {weight: normalRows(5, 3, 4), bias: Float64Array.of(1, 2, 3)};
  const found = await logisticRegression(shuffled, 3, {...tight, from});
  found.weight.data.forEach((w, i) => expect(w).toBeCloseTo(expected.weight.data[i], 7));
  const renamed = {...mixed, labels: Array.from(mixed.labels, (label) => 2 - label)};
  const turned = await logisticRegression(renamed, 3, tight);
  for (let j = 0; j < 4; ++j) expect(turned.weight.data[j]).toBeCloseTo(expected.weight.data[8 + j], 7);
});

test("preconditioned it finds the same classifier in fewer passes, where features are correlated", async () => {
  const {data} = normalRows(7, 200, 8);
  for (let i = 0; i < data.length; ++i) if (i % 8) data[i] = 0.99 * data[i - 1] + 0.1 * data[i];
  const labels = Array.from(normalRows(8, 200, 1).data, (x, n) =>
    data[n * 8] - data[n * 8 + 7] + 0.3 * x > 0 ? 1 : 0
  );
  const set = {features: {data, shape: [200, 8]}, labels};
  const precondition = await curvature(set.features, plainProducts);
  const counted = async (options: {precondition?: typeof precondition}) => {
    let passes = 0;
    const products: Products = {...plainProducts, ofColumns: (a, b) => (++passes, plainProducts.ofColumns(a, b))};
    const {weight} = await logisticRegression(set, 2, {decay: 1e-3, tolerance: 1e-9, products, ...options});
    return {weight, passes};
  };
  const [slow, fast] = [await counted({}), await counted({precondition})];
  fast.weight.data.forEach((w: number, i: number) => expect(w).toBeCloseTo(slow.weight.data[i], 5));
  expect(fast.passes).toBeLessThan(slow.passes / 2);
});

test("no other classifier has a lower loss: a step in any direction raises it", async () => {
  const decay = 0.01;
  const best = await logisticRegression(mixed, 3, tight);
  const value = async (linear: typeof best) =>
    meanLoss((await logitsOf(linear, mixed.features)) as never, mixed.labels) +
    (decay / 2) * Array.from(linear.weight.data).reduce((sum, w) => sum + w * w, 0);
  const least = await value(best);
  for (let seed = 0; seed < 5; ++seed) {
    const step = normalRows(seed, 3, 4).data;
    const weight = {data: Float64Array.from(best.weight.data, (w, i) => w + 0.01 * step[i]), shape: [3, 4]};
    expect(await value({...best, weight})).toBeGreaterThan(least);
  }
});

test("labels and rows that do not fit are refused", async () => {
  await expect(logisticRegression({...mixed, labels: [3]}, 3, tight)).rejects.toThrow("expected 90 labels, got 1");
  const {weight, bias} = await logisticRegression(mixed, 3, tight);
  await expect(logitsOf({weight, bias}, rowsOf([[1]]))).rejects.toThrow("logitsOf: expected rows of 4 numbers, got 1");
  await expect(logisticRegression(mixed, 3, {decay: -1})).rejects.toThrow("expected decay ≥ 0, got -1");
});
