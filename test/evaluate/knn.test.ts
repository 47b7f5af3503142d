import {expect, test} from "vitest";
import {knn} from "../../src/components/evaluate/knn.js";
import {nearest} from "../../src/components/evaluate/nearest.js";
import {take} from "../../src/components/evaluate/rows.js";
import {rng} from "../../src/components/math/random.js";
import {blobs, normalRows, rowsOf} from "./rowsOf.js";

test("nearest is the head of the sorted list, equal values by their index", () => {
  for (let seed = 0; seed < 20; ++seed) {
    const values = Float64Array.from(rng(seed).integers(60, 12));
    const sorted = Array.from(values.keys()).sort((i, j) => values[j] - values[i] || i - j);
    for (const k of [1, 2, 7, 59, 60]) expect([...nearest(values, k)]).toEqual(sorted.slice(0, k));
  }
  expect(() => nearest(new Float64Array(3), 4)).toThrow("nearest: expected an integer k from 1 to 3, got 4");
});

test("the vote is the sum of exp(s / τ) of the k nearest by cosine, as loops", async () => {
  const train = {features: normalRows(1, 80, 5), labels: Array.from(rng(2).integers(80, 4))};
  const test = {features: normalRows(3, 30, 5), labels: Array.from(rng(4).integers(30, 4))};
  const {predicted, accuracy} = await knn(train, test, 4, {k: 9, temperature: 0.3});
  const row = ({data}: {data: ArrayLike<number>}, i: number) => Array.from({length: 5}, (_, j) => data[i * 5 + j]);
  const expected = Array.from({length: 30}, (_, n) => {
    const x = row(test.features, n);
    const near = train.labels
      .map((label, i) => {
        const y = row(train.features, i);
        return {label, s: x.reduce((sum, a, j) => sum + a * y[j], 0) / Math.hypot(...x) / Math.hypot(...y)};
      })
      .sort((a, b) => b.s - a.s)
      .slice(0, 9);
    const votes = [0, 1, 2, 3].map((k) => near.reduce((sum, {label, s}) => sum + (label === k ? Math.exp(s / 0.3) : 0), 0)); // prettier-ignore
    return votes.indexOf(Math.max(...votes));
  });
  expect([...predicted]).toEqual(expected);
  expect(accuracy).toBeCloseTo(expected.filter((k, n) => k === test.labels[n]).length / 30, 12);
});

test("with k = 1 every training row is its own neighbour", async () => {
  const set = {features: normalRows(1, 50, 6), labels: Array.from(rng(2).integers(50, 5))};
  expect((await knn(set, set, 5, {k: 1})).accuracy).toBe(1);
});

test("a small τ listens to the nearest, a large one to the majority", async () => {
  const train = {features: rowsOf([[1, 0], [1, 0.5], [1, 0.6]]), labels: [0, 1, 1]}; // prettier-ignore
  const test = {features: rowsOf([[1, 0.01]]), labels: [0]};
  expect((await knn(train, test, 2, {k: 3, temperature: 1e-3})).accuracy).toBe(1);
  expect((await knn(train, test, 2, {k: 3, temperature: 100})).accuracy).toBe(0);
});

test("the scale of a row does not matter, nor the order of the training rows", async () => {
  const [train, test] = [blobs(1, {apart: 1}), blobs(2, {apart: 1})];
  const {predicted} = await knn(train, test, 3, {k: 20});
  const order = rng(3).permutation(90);
  const other = {features: take(train.features, order), labels: Array.from(order, (i) => train.labels[i])};
  const scaled = {data: other.features.data.map((x, i) => x * (1 + Math.floor(i / 4))), shape: [90, 4]};
  expect((await knn({...other, features: scaled}, test, 3, {k: 20})).predicted).toEqual(predicted);
});

test("equal votes go to the lower class, and rows of zeros are near to none", async () => {
  const train = {features: rowsOf([[0, 1], [1, 0]]), labels: [1, 0]}; // prettier-ignore
  expect([...(await knn(train, {features: rowsOf([[1, 1], [0, 0]]), labels: [0, 0]}, 2)).predicted]).toEqual([0, 0]); // prettier-ignore
});

test("more test rows than a chunk are all answered", async () => {
  const [train, test] = [blobs(1), blobs(2, {each: 200})];
  expect((await knn(train, test, 3, {k: 5})).accuracy).toBe(1);
});

test("errors say what was expected", async () => {
  await expect(knn(blobs(1), blobs(2), 3, {temperature: 0})).rejects.toThrow("knn: expected temperature > 0, got 0");
  await expect(knn(blobs(1), blobs(2), 3, {k: 0})).rejects.toThrow("knn: expected an integer k ≥ 1, got 0");
});
