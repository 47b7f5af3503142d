import * as tf from "@tensorflow/tfjs";
import {expect, test, vi} from "vitest";
import {cropFlip, normalise as standardise} from "../../src/components/data/augment.js";
import {resize} from "../../src/components/data/resize.js";
import {crossEntropy} from "../../src/components/losses/crossEntropy.js";
import {rng} from "../../src/components/math/random.js";
import {classifier} from "../../src/components/models/classifier.js";
import {mlp} from "../../src/components/models/mlp.js";
import {resnet} from "../../src/components/models/resnet.js";
import {adam} from "../../src/components/optimizers/adam.js";
import {sgd} from "../../src/components/optimizers/sgd.js";
import {entries, leaves} from "../../src/components/tensor/tree.js";
import {upload} from "../../src/components/train/arrays.js";
import {supervised, type SupervisedBatch} from "../../src/components/train/supervised.js";
import type {Tensors} from "../../src/components/train/task.js";
import {noise} from "../data/noiseRecords.js";
import {expectClose, value, values} from "../gradients.js";

const normalise = {mean: [0.5, 0.4, 0.3], deviation: [0.25, 0.5, 0.2]};

const records = noise(12, 8);
const all = Uint32Array.from({length: 12}, (_, i) => i);

const small = (options: {augment?: typeof cropFlip; size?: number; smoothing?: number} = {}) =>
  supervised({
    model: classifier(resnet({depth: 10, width: 2}), 3),
    classes: 3,
    optimizer: sgd({momentum: 0.9, nesterov: true, decay: {amount: 5e-4}}),
    normalise,
    ...options
  });

test("a sample is the named rows in their order, standardised by channel, with labels and a mask of ones", () => {
  const {images, labels, mask} = small().sample(rng(2), records, Uint32Array.of(7, 2));
  expect(images.shape).toEqual([2, 8, 8, 3]);
  expect(Array.from(labels.data)).toEqual([1, 2]);
  expect(labels.data).toBeInstanceOf(Int32Array);
  expect(Array.from(mask.data)).toEqual([1, 1]);
  for (const [at, row] of [
    [0, 7],
    [1, 2]
  ])
    for (const i of [0, 1, 2, 191]) {
      const byte = records.images[row * 192 + i];
      const expected = (byte / 255 - normalise.mean[i % 3]) / normalise.deviation[i % 3];
      expect(images.data[at * 192 + i]).toBeCloseTo(expected, 5);
    }
});

test("augmentation is drawn from the stream given: the same stream gives the same batch, another does not", () => {
  const task = small({augment: cropFlip});
  const data = (seed: number) => task.sample(rng(seed), records, all).images.data;
  expect(data(1)).toEqual(data(1));
  expect(data(1)).not.toEqual(data(2));
  expect(data(1)).not.toEqual(small().sample(rng(1), records, all).images.data);
});

test("a smaller size resizes what the augmentation made, and leaves views alone", () => {
  const task = small({augment: cropFlip, size: 4});
  const {images} = task.sample(rng(1), records, all);
  const seen = cropFlip(rng(1).fork("augment"), records.images, records);
  expect(images.shape).toEqual([12, 4, 4, 3]);
  expect(images.data).toEqual(
    standardise(resize(seen, records, {height: 4, width: 4}), normalise.mean, normalise.deviation)
  );
  expect(task.view(records, all, 12)).toEqual(small().view(records, all, 12));
});

test("a view is not augmented, and padding is masked", () => {
  const {images, labels, mask} = small({augment: cropFlip}).view(records, Uint32Array.of(4, 5), 3);
  expect(images.data.subarray(0, 384)).toEqual(small().sample(rng(1), records, Uint32Array.of(4, 5)).images.data);
  expect([Array.from(labels.data), Array.from(mask.data)]).toEqual([
    [1, 2, 0],
    [1, 1, 0]
  ]);
});

test("evaluation sums over whole batches do not depend on how the rows are batched", () => {
  const task = small();
  const state = task.init(rng(3));
  const sums = (rows: Uint32Array, size: number) => {
    const {count, loss, correct} = task.evaluate(state, upload(task.view(records, rows, size)));
    return [count, loss, correct].map(value);
  };
  const whole = sums(all, 12);
  const parts = [sums(all.subarray(0, 5), 5), sums(all.subarray(5, 10), 5), sums(all.subarray(10), 5)];
  whole.forEach((sum, i) => expect(parts.reduce((total, part) => total + part[i], 0)).toBeCloseTo(sum, 4));
  expect(whole[0]).toBe(12);
});

test("predict gives the logits whose loss and accuracy evaluate sums, without smoothing", () => {
  const task = small({smoothing: 0.2});
  const state = task.init(rng(4));
  const batch = upload(task.view(records, all, 12));
  const logits = task.predict(state, batch);
  const {loss, correct} = task.evaluate(state, batch);
  expect(value(loss) / 12).toBeCloseTo(value(crossEntropy(logits, batch.labels)), 5);
  const right = values(tf.argMax(logits, 1)).filter((k, i) => k === records.labels[i]).length;
  expect(value(correct)).toBe(right);
});

test("a step is one update of the optimizer on the gradient, moves the statistics, and leaves its state alone", () => {
  const model = mlp([192, 3]);
  const task = supervised({model, classes: 3, optimizer: sgd(), normalise});
  const state = task.init(rng(5));
  const before = leaves(state).map(values);
  const batch = upload(task.sample(rng(6), records, all));
  const [next, {loss, accuracy}] = task.step(state, batch, tf.scalar(0.5));
  const {weight, bias} = state.params.fc1 as {weight: tf.Tensor; bias: tf.Tensor};
  const x = tf.reshape(batch.images, [12, 192]);
  const logits = tf.add(tf.matMul(x, weight), bias);
  const error = tf.sub(tf.softmax(logits), tf.oneHot(batch.labels as tf.Tensor1D, 3)); // p − y
  const gradient = tf.div(tf.matMul(x, error, true), 12);
  expectClose(next.params.fc1.weight, tf.sub(weight, tf.mul(0.5, gradient)), 1e-5);
  expect(value(loss)).toBeCloseTo(value(crossEntropy(logits, batch.labels)), 5);
  const right = values(tf.argMax(logits, 1)).filter((k, i) => k === records.labels[i]).length;
  expect(value(accuracy)).toBeCloseTo(right / 12, 6);
  expect(leaves(state).map(values)).toEqual(before);
});

test("a step is a function: the same state and batch give the same state, bit for bit", () => {
  const task = small({smoothing: 0.1});
  const state = task.init(rng(7));
  const batch = upload(task.sample(rng(8), records, all));
  const run = () => {
    const [next, {loss}] = task.step(state, batch, tf.scalar(0.1));
    return [value(loss), ...leaves(next).map(values)];
  };
  expect(run()).toEqual(run());
});

test("a step can be recorded: it reads no tensor's value, and the next step runs the same kernels on the same shapes", async () => {
  const task = supervised({
    model: classifier(resnet({depth: 10, width: 2}), 3),
    classes: 3,
    optimizer: adam({decay: {amount: 0.1}}),
    smoothing: 0.1,
    normalise
  });
  const first = upload(task.sample(rng(17), records, all));
  const second = upload(task.sample(rng(18), records, all));
  const reads = (["dataSync", "arraySync", "data", "array"] as const).map((name) =>
    vi.spyOn(tf.Tensor.prototype, name)
  );
  let state = task.init(rng(19));
  const run = async (batch: typeof first, rate: number) => {
    const {kernels} = await tf.profile(() => {
      state = task.step(state, batch, tf.scalar(rate))[0];
      return state;
    });
    return kernels.map(({name, inputShapes, outputShapes}) => [name, inputShapes, outputShapes]);
  };
  const [one, two] = [await run(first, 0.1), await run(second, 0.05)];
  expect(one.length).toBeGreaterThan(100);
  expect(two).toEqual(one);
  expect(reads.reduce((sum, spy) => sum + spy.mock.calls.length, 0)).toBe(0);
  vi.restoreAllMocks();
});

test("every leaf of the state moves in a step", () => {
  const task = small();
  const state = task.init(rng(9));
  const [next] = task.step(state, upload(task.sample(rng(10), records, all)), tf.scalar(0.1));
  const after = new Map(entries(next));
  expect(after.size).toBe(entries(state).length);
  const still = entries(state).filter(([path, leaf]) =>
    values(leaf).every((v, i) => v === values(after.get(path)!)[i])
  );
  expect(still.map(([path]) => path)).toEqual([]);
});

test("steps in a tidy neither leak nor lose: the state is all that stays", () => {
  const task = small();
  const batch = upload(task.sample(rng(11), records, all));
  const rate = tf.scalar(0.1);
  const state = task.init(rng(12));
  const before = tf.memory().numTensors;
  const next = tf.tidy(() => task.step(state, batch, rate)[0]);
  expect(tf.memory().numTensors - before).toBe(leaves(state).length);
  expect(leaves(next).some((leaf) => leaf.isDisposed)).toBe(false);
});

test("a narrow residual network begins at log 3 and learns twelve images of noise by heart", () => {
  const task = supervised({
    model: classifier(resnet({depth: 10, width: 2}), 3),
    classes: 3,
    optimizer: adam(),
    normalise
  });
  const batch = upload(task.sample(rng(13), records, all)) as Tensors<SupervisedBatch>;
  let state = task.init(rng(14));
  const losses: number[] = [];
  let accuracy = 0;
  for (let step = 0; step < 16; ++step) {
    const [next, metrics] = tf.tidy(() => task.step(state, batch, tf.scalar(0.02)));
    tf.dispose(state);
    state = next;
    losses.push(value(metrics.loss));
    accuracy = value(metrics.accuracy);
  }
  expect(Math.abs(losses[0] - Math.log(3))).toBeLessThan(0.2);
  expect(accuracy).toBe(1);
  expect(losses[losses.length - 1]).toBeLessThan(0.1);
});

test("dropout's masks are drawn in the sample, act in the step, and are absent in evaluation", () => {
  const task = supervised({model: mlp([192, 8, 3], {rate: 0.5}), classes: 3, optimizer: sgd(), normalise});
  const state = task.init(rng(15));
  const sample = task.sample(rng(16), records, all);
  expect(Object.keys(sample)).toEqual(["images", "labels", "mask", "noise.fc1"]);
  expect(task.sample(rng(16), records, all)["noise.fc1"]).toEqual(sample["noise.fc1"]);
  const lossWith = (mask: Float32Array) => {
    const batch = upload({...sample, "noise.fc1": {data: mask, shape: [12, 8]}});
    return value(task.step(state, batch, tf.scalar(0))[1].loss);
  };
  expect(lossWith(new Float32Array(96))).toBeCloseTo(Math.log(3), 5); // nothing passes: the bias, which begins at 0
  const plain = value(task.evaluate(state, upload(task.view(records, all, 12))).loss) / 12;
  expect(lossWith(new Float32Array(96).fill(1))).toBeCloseTo(plain, 5);
});

test("too many rows for a view, and logits of another number of classes, are named", () => {
  expect(() => small().view(records, all, 5)).toThrow("supervised: expected at most 5 rows, got 12");
  const task = supervised({model: mlp([192, 4]), classes: 3, optimizer: sgd(), normalise});
  const state = task.init(rng(1));
  expect(() => task.predict(state, upload(task.view(records, all, 12)))).toThrow(
    "supervised: expected logits (B, 3), got (12, 4)"
  );
});
