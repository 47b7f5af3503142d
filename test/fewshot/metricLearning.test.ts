import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {glyphs} from "../../src/components/data/glyphs.js";
import {drawClasses, rowsOfClasses} from "../../src/components/fewshot/classRows.js";
import {metricLearning} from "../../src/components/fewshot/metricLearning.js";
import {pairsOf} from "../../src/components/fewshot/pairsOf.js";
import {minedTriplet} from "../../src/components/losses/triplet.js";
import {rng} from "../../src/components/math/random.js";
import {embeddingNet} from "../../src/components/models/embeddingNet.js";
import {adam} from "../../src/components/optimizers/adam.js";
import {upload} from "../../src/components/train/arrays.js";
import {value, values} from "../gradients.js";

const records = glyphs({seed: 0, classes: 10, each: 5});

test("a batch holds other classes each time, every one with as many of its rows, none twice", () => {
  expect(rowsOfClasses(records)[3]).toEqual([3, 13, 23, 33, 43]);
  const {rows, labels} = drawClasses(rng(1), records, {classes: 4, each: 3});
  expect(labels).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]);
  const classes = rows.map((row) => records.labels[row]);
  for (let i = 0; i < 12; ++i) expect(classes[i]).toBe(classes[3 * Math.floor(i / 3)]);
  expect(new Set(classes).size).toBe(4);
  expect(new Set(rows).size).toBe(12);
  expect(drawClasses(rng(2), records, {classes: 4, each: 3}).rows).not.toEqual(rows);
  expect(() => drawClasses(rng(1), records, {classes: 11, each: 1})).toThrow(
    "drawClasses: expected 11 classes, got 10"
  );
  expect(() => drawClasses(rng(1), records, {classes: 1, each: 6})).toThrow("expected 6 rows of a class, got 5");
});

test("every row is paired once with one of its class and once with one of another", () => {
  const z = tf.tensor2d([[1], [2], [3], [4], [5], [6]]);
  const {first, second, alike} = pairsOf(z, 3);
  expect(values(first)).toEqual([1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6]);
  expect(values(second)).toEqual([2, 3, 1, 5, 6, 4, 4, 5, 6, 1, 2, 3]);
  expect(values(alike)).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
  expect(() => pairsOf(z, 6)).toThrow(
    "pairsOf: expected at least 2 classes of at least 2 rows, got 6 rows with 6 each"
  );
});

const task = metricLearning({
  encoder: embeddingNet({width: 4, dimensions: 8}),
  loss: (z, labels) => minedTriplet(z, labels, {margin: 0.2, mining: "semi-hard"}),
  each: 4,
  optimizer: adam(),
  normalise: {mean: [0.1], deviation: [0.28]}
});

test("steps on the same batch lower its loss and bring classes together", () => {
  const batch = upload(task.sample(rng(1), records, new Uint32Array(32)));
  let state = task.init(rng(2));
  const seen = Array.from({length: 12}, () => {
    const [next, metrics] = task.step(state, batch, tf.scalar(0.01));
    state = next;
    return [value(metrics.loss), value(metrics.accuracy), value(metrics.spread)];
  });
  expect(seen[11][0]).toBeLessThan(0.7 * seen[0][0]);
  expect(seen[11][1]).toBeGreaterThanOrEqual(seen[0][1]);
  for (const [, , spread] of seen) expect(spread).toBeLessThan(2.3); // unit vectors
}, 60_000);

test("an evaluation counts nearest neighbours by hand, and padding for nothing", () => {
  const state = task.init(rng(3));
  const rows = Uint32Array.from({length: 20}, (_, i) => i);
  const [exact, padded] = [20, 26].map((size) => upload(task.view(records, rows, size)));
  const sums = [exact, padded].map((batch) => {
    const {count, correct} = task.evaluate(state, batch);
    return [value(count), value(correct)];
  });
  expect(sums[1]).toEqual(sums[0]);
  const z = values(task.predict(state, exact));
  const apart = (i: number, j: number) => Array.from({length: 8}, (_, d) => (z[i * 8 + d] - z[j * 8 + d]) ** 2).reduce((a, b) => a + b); // prettier-ignore
  const hits = Array.from(rows, (i) => {
    const others = Array.from(rows).filter((j) => j !== i);
    const nearest = others.reduce((a, b) => (apart(i, b) < apart(i, a) ? b : a));
    return records.labels[nearest] === records.labels[i];
  }).filter(Boolean).length;
  expect(sums[0]).toEqual([20, hits]);
});
