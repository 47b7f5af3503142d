import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import {map, entries} from "../../src/components/tensor/tree.js";
import {fromArrays, toArrays, upload} from "../../src/components/train/arrays.js";
import {measure} from "../../src/components/train/measure.js";
import {spread} from "../../src/components/ssl/collapse.js";
import {projected} from "../../src/components/ssl/projected.js";
import {mlp} from "../../src/components/models/mlp.js";
import {resnet} from "../../src/components/models/resnet.js";
import {expectClose, seeded, value, values} from "../gradients.js";
import {eight, records, tinySimclr} from "./tiny.js";

const task = tinySimclr();

test("the loss begins near log(2B − 1) and falls on a batch seen again and again", () => {
  let state = task.init(rng(1));
  const batch = upload(task.sample(rng(2), records, eight(0)));
  const losses: number[] = [];
  for (let i = 0; i < 12; ++i) {
    const [next, {loss}] = task.step(state, batch, tf.scalar(0.05));
    losses.push(value(loss));
    state = next;
  }
  expect(Math.abs(losses[0] - Math.log(15))).toBeLessThan(0.7);
  expect(losses[11]).toBeLessThan(losses[0] - 0.5);
});

test("an encoder that says the same of everything has loss log(2B − 1), no spread and chance matches", () => {
  const state = task.init(rng(1));
  const zero = {...state, params: map((leaf) => tf.mul(leaf, 0), state.params)};
  const [, metrics] = task.step(zero, upload(task.sample(rng(2), records, eight(0))), tf.scalar(0));
  expect(value(metrics.loss)).toBeCloseTo(Math.log(15), 4);
  expect(value(metrics.spread)).toBe(0);
  expect(value(metrics.matched)).toBeLessThan(0.2);
});

test("every parameter moves, and the statistics of both halves are one batch's", () => {
  const state = task.init(rng(1));
  const [next] = task.step(state, upload(task.sample(rng(2), records, eight(0))), tf.scalar(0.1));
  const before = new Map(entries(state.params));
  const still = entries(next.params).filter(([path, leaf]) => values(tf.equal(leaf, before.get(path)!).all())[0] === 1);
  expect(still).toEqual([]);
});

test("labels are not looked at", () => {
  const other = {...records, labels: new Uint8Array(24)};
  expect(task.sample(rng(2), other, eight(0))).toEqual(task.sample(rng(2), records, eight(0)));
});

test("pairs to evaluate on are the same at every call and in every batch, and padding counts for nothing", async () => {
  const [first, again] = [task.view(records, eight(3), 8), task.view(records, Uint32Array.of(5, 9), 4)];
  const pixels = 16 * 16 * 3;
  expect(again.first.data.subarray(0, pixels)).toEqual(first.first.data.subarray(2 * pixels, 3 * pixels));
  expect([...again.mask.data]).toEqual([1, 1, 0, 0]);
  const state = task.init(rng(1));
  const sums = (batch: ReturnType<typeof task.view>) => task.evaluate(state, upload(batch));
  const [padded, whole] = [sums(task.view(records, eight(0).subarray(0, 5), 8)), sums(task.view(records, eight(0).subarray(0, 5), 5))]; // prettier-ignore
  expect(value(padded.count)).toBe(5);
  expect(value(padded.loss)).toBeCloseTo(value(whole.loss), 4);
  expect(value(padded.matched)).toBe(value(whole.matched));
  const means = await measure(task, state, records, {batch: 8});
  expect(Object.keys(means!).sort()).toEqual(["loss", "matched"]);
});

test("predict gives the encoder's pooled features of the images as they are, head and views aside", async () => {
  const state = task.init(rng(1));
  const batch = upload(task.view(records, eight(0), 8));
  const encoder = resnet({depth: 10, width: 4});
  const [map4] = encoder.apply(state.params.encoder as never, state.stats.encoder as never, batch.images);
  expectClose(task.predict(state, batch), tf.mean(map4, [1, 2]), 1e-5);
});

test("spread is 1 for directions drawn uniformly, 0 at collapse, whatever the scale", () => {
  const z = seeded(1).normal([4000, 16]);
  expect(value(spread(z))).toBeCloseTo(1, 2);
  expect(value(spread(tf.mul(z, 50)))).toBeCloseTo(value(spread(z)), 5);
  expect(value(spread(tf.add(tf.zeros([20, 16]), 3)))).toBeLessThan(1e-3);
});

test("a state survives being written and read", async () => {
  const state = task.init(rng(1));
  expect(entries(fromArrays(state, await toArrays(state))).map(([path]) => path)).toContain(
    "params.projector.fc2.weight"
  );
});

test("an encoder of vectors is used as it is", () => {
  const model = projected(mlp([12, 5]), mlp([5, 3]));
  const state = model.init(rng(1));
  const x = seeded(2).normal([4, 12]);
  expectClose(model.features(state, x), mlp([12, 5]).apply(state.params.encoder, {}, x)[0], 0);
});
