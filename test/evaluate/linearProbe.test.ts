import {expect, test} from "vitest";
import {labelEfficiency} from "../../src/components/evaluate/labelEfficiency.js";
import {decays, linearProbe} from "../../src/components/evaluate/linearProbe.js";
import {take, type Labelled} from "../../src/components/evaluate/rows.js";
import {rng} from "../../src/components/math/random.js";
import {blobs, normalRows} from "./rowsOf.js";

const permuted = ({features, labels}: Labelled, order: Uint32Array): Labelled => ({
  features: take(features, order),
  labels: Array.from(order, (row) => labels[row])
});

test("what is linearly separable is learnt whole, in every class", async () => {
  const {accuracy, perClass, heldOut} = await linearProbe(blobs(1), blobs(2), 3);
  expect([accuracy, perClass, heldOut]).toEqual([1, [1, 1, 1], 1]);
});

test("the scale, the offset and dead features do not matter", async () => {
  const [train, test] = [blobs(1, {apart: 1.5}), blobs(2, {apart: 1.5})];
  const stretched = ({features: {data, shape}, labels}: Labelled) => ({
    features: {data: data.map((x, i) => (i % 4 === 3 ? 7 : i % 4 ? 1e4 * x - 3e5 : x)), shape},
    labels
  });
  const without = ({features: {data, shape}, labels}: Labelled) => ({
    features: {data: data.map((x, i) => (i % 4 === 3 ? 0 : x)), shape},
    labels
  });
  const [a, b] = [await linearProbe(stretched(train), stretched(test), 3), await linearProbe(without(train), without(test), 3)]; // prettier-ignore
  expect([a.accuracy, a.decay, a.perClass]).toEqual([b.accuracy, b.decay, b.perClass]);
});

test("shuffled labels leave chance", async () => {
  const [train, test] = [blobs(1, {apart: 1}), blobs(2, {apart: 1})];
  let sum = 0;
  for (let seed = 0; seed < 40; ++seed) {
    const labels = Array.from(rng(seed).permutation(90), (row) => train.labels[row]);
    sum += (await linearProbe({...train, labels}, test, 3)).accuracy;
  }
  expect(Math.abs(sum / 40 - 1 / 3)).toBeLessThan(0.1);
  expect((await linearProbe(train, test, 3)).accuracy).toBeGreaterThan(0.55);
});

test("test rows choose nothing: neither their labels nor their order change the classifier", async () => {
  const [train, test] = [blobs(1, {apart: 1}), blobs(2, {apart: 1})];
  const first = await linearProbe(train, test, 3);
  const turned = await linearProbe(train, permuted(test, rng(5).permutation(90)), 3);
  expect([turned.accuracy, turned.perClass, turned.decay]).toEqual([first.accuracy, first.perClass, first.decay]);
  const wrong = await linearProbe(train, {...test, labels: Array.from(test.labels, (k) => (k + 1) % 3)}, 3);
  expect([wrong.decay, wrong.heldOut, ...wrong.linear.weight.data]).toEqual([first.decay, first.heldOut, ...first.linear.weight.data]); // prettier-ignore
  expect(wrong.accuracy).toBeLessThan(first.accuracy);
});

test("the same seed gives the same probe; another holds other rows out", async () => {
  const [train, test] = [blobs(1, {apart: 1}), blobs(2, {apart: 1})];
  const first = await linearProbe(train, test, 3);
  expect(await linearProbe(train, test, 3)).toEqual(first);
  const heldOut = [first.heldOut];
  for (let seed = 1; seed < 5; ++seed) heldOut.push((await linearProbe(train, test, 3, {seed})).heldOut);
  expect(new Set(heldOut).size).toBeGreaterThan(1);
});

test("few noisy rows in many dimensions choose a stronger decay than many clear ones", async () => {
  const few = {features: normalRows(1, 60, 50), labels: Array.from({length: 60}, (_, n) => n % 2)};
  few.labels.forEach((label, n) => (few.features.data[n * 50] += label ? 1 : -1));
  const {decay} = await linearProbe(few, few, 2);
  expect(decay).toBeGreaterThanOrEqual(0.1);
  expect(decays).toContain(decay);
});

test("accuracy by labels: one a class does less than all, and separable classes need one", async () => {
  const [train, test] = [blobs(1, {apart: 1.5, each: 100}), blobs(2, {apart: 1.5, each: 100})];
  const points = await labelEfficiency(train, test, [1, 10, 100], {classes: 3});
  expect(points.map(({perClass}) => perClass)).toEqual([1, 10, 100]);
  expect(points[0].accuracy).toBeLessThan(points[2].accuracy);
  expect(points[0].deviation).toBeGreaterThan(points[2].deviation);
  const [one] = await labelEfficiency(blobs(1, {noise: 0.01}), blobs(2, {noise: 0.01}), [1], {classes: 3});
  expect(one).toEqual({perClass: 1, accuracy: 1, deviation: 0});
});

test("errors say what was expected", async () => {
  const [train, test] = [blobs(1), blobs(2)];
  await expect(linearProbe(train, blobs(2, {columns: 5}), 3)).rejects.toThrow("linearProbe: expected rows of 4 numbers, got 5"); // prettier-ignore
  await expect(linearProbe(train, test, 2)).rejects.toThrow("linearProbe: expected labels below 2, got 2 in row 2");
  await expect(labelEfficiency(train, test, [31], {classes: 3})).rejects.toThrow("expected 31 rows of every class");
  const broken = {...train, features: {...train.features, data: train.features.data.map((x, i) => (i === 9 ? NaN : x))}}; // prettier-ignore
  await expect(linearProbe(broken, test, 3)).rejects.toThrow("expected finite numbers, got NaN in row 2");
});
