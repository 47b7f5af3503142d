import {expect, test} from "vitest";
import {batchesOf} from "../../../headless/run/batches.js";
import {experiment} from "../../../headless/run/experiment.js";
import {loader} from "../../../headless/run/loader.js";
import {recipes} from "../../../headless/recipes/index.js";
import {heldOut, sharedImages} from "../../../headless/run/shared.js";
import type {Records} from "../../../src/components/data/records.js";
import {rng} from "../../../src/components/math/random.js";

const records = (count: number): Records => ({
  images: Uint8Array.from(rng(1).integers(count * 32 * 32 * 3, 256)),
  labels: Uint8Array.from({length: count}, (_, i) => i % 10),
  ...{count, height: 32, width: 32, channels: 3, classes: Array.from("abcdefghij"), digest: "d", note: "n"}
});
const name = "resnet-from-scratch-scenes";
const stages = 'stages=[{"until":1,"config":{"size":16}},{"until":2,"config":{"size":24}}]';
const small = experiment(name, recipes[name], {epochs: 3, batch: 8, set: [stages]});
const data = sharedImages({train: records(20), test: records(5)});

test("a loader's batches are those of the experiment, from any step on", async () => {
  const expected = batchesOf(small, data.train);
  for (const from of [0, 3]) {
    const batches = loader(small, data.train, {from, steps: 6});
    for (let step = from; step < 6; ++step) expect(await batches.batch(step)).toEqual(expected(step));
    await batches.close();
  }
});

test("stages change what is drawn when their epoch has passed, and not the order of the records", () => {
  const staged = batchesOf(small, data.train);
  const whole = batchesOf(experiment(name, recipes[name], {epochs: 3, batch: 8}), data.train);
  const sides = Array.from({length: 6}, (_, step) => staged(step).images.shape[1]);
  expect(sides).toEqual([16, 16, 24, 24, 32, 32]); // two batches of eight in an epoch of twenty
  for (let step = 0; step < 6; ++step) expect(staged(step).labels).toEqual(whole(step).labels);
  expect(staged(5)).toEqual(whole(5));
});

test("what goes wrong in the thread arrives as its sentence at the step that asked, and later ones fail too", async () => {
  const broken = experiment(name, recipes[name], {epochs: 3, batch: 8, set: ["config.depth=11"]});
  const batches = loader(broken, data.train, {from: 0, steps: 6});
  await expect(batches.batch(0)).rejects.toThrow("resnetTask: expected depth 10 or 18 or 34, got 11");
  await expect(batches.batch(1)).rejects.toThrow("resnetTask: expected depth");
  await batches.close();
});

test("shared images are the images, in memory that a thread does not copy", () => {
  expect(data.train.images.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(data.train.images).toEqual(records(20).images);
});

test("held out images are the last ones, and are not trained on", () => {
  const all = records(20);
  const {train, test} = heldOut({train: all, test: records(3)}, 6);
  expect([train.count, test.count]).toEqual([14, 6]);
  expect([...train.images, ...test.images]).toEqual([...all.images]);
  expect([...train.labels, ...test.labels]).toEqual([...all.labels]);
  for (const count of [0, 20]) expect(() => heldOut({train: all, test: all}, count)).toThrow("expected 1 to 19 images");
});
