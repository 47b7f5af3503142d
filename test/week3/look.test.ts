import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {knn} from "../../src/components/evaluate/knn.js";
import {entries} from "../../src/components/tensor/tree.js";
import {begin} from "../../src/components/train/begin.js";
import {torchName} from "../../src/components/train/torchLayout.js";
import {nearestPixels, stateOf} from "../../src/week3/look.js";
import {lookAt} from "../../src/week3/lookAt.js";
import mocoTask from "../../src/week3/mocoTask.js";
import {scenesOf} from "../../src/week3/viewsConfig.js";
import {values} from "../gradients.js";

const tiny = {data: "scenes", depth: 10, width: 1, size: 16, queue: 4, outputs: 3} as const;

test("a network that has learnt nothing is the one its run began with, for every seed", () => {
  const task = mocoTask(tiny);
  for (const seed of [1, 7]) {
    const [asked, begun] = [stateOf(task, seed), begin(task, seed)].map((state) => entries(state).map(([path, leaf]) => [path, values(leaf)])); // prettier-ignore
    expect(asked).toEqual(begun);
  }
  const [one, other] = [1, 7].map((seed) => values(entries(stateOf(task, seed))[0][1]));
  expect(one).not.toEqual(other);
});

test("a checkpoint's weights stand in their places", () => {
  const task = mocoTask(tiny);
  const [[path, leaf]] = entries(begin(task, 1));
  const weights = Object.fromEntries(
    entries(begin(task, 2)).map(([name, each]) => [torchName(name), {data: Float32Array.from(values(each)), shape: each.shape}]) // prettier-ignore
  );
  weights[torchName(path)] = {data: new Float32Array(leaf.size).fill(0.5), shape: leaf.shape};
  const state = new Map(entries(stateOf(task, weights)));
  expect(new Set(values(state.get(path)!))).toEqual(new Set([0.5]));
});

test("pixels are compared by the cosine of their values on [0, 1], as the probe of recorded runs compares them", async () => {
  const [train, test] = [scenesOf("train", 60), scenesOf("test", 30)];
  const rows = ({images, labels, count}: typeof train) => ({
    features: {data: Float64Array.from(images, (x) => x / 255), shape: [count, images.length / count]},
    labels
  });
  const before = tf.memory().numTensors;
  const {accuracy} = await knn(rows(train), rows(test), 10, {k: 20});
  expect(await nearestPixels(train, test)).toBe(accuracy);
  expect(tf.memory().numTensors).toBe(before);
});

test("features, the untrained network's and the pixels are judged on the same images, and the network is of the run's seed", async () => {
  const calls: {name: string; args: unknown[]}[] = [];
  const records = (split: "train" | "test", count: number) => scenesOf(split, count);
  const compute = {
    records: ({split, rows}: {split: "train" | "test"; rows?: ArrayLike<number>}) => Promise.resolve(records(split, rows!.length)), // prettier-ignore
    predict: ({split, rows}: {split: "train" | "test"; rows?: ArrayLike<number>}) => Promise.resolve({outputs: {data: new Float32Array(2 * rows!.length), shape: [rows!.length, 2]}, labels: records(split, rows!.length).labels}), // prettier-ignore
    weights: () => Promise.resolve({}),
    call: (_: string, name: string, ...args: unknown[]) => {
      calls.push({name, args});
      return Promise.resolve({data: new Float32Array(0), shape: [0, 2]});
    }
  };
  await lookAt({
    compute: compute as never,
    task: "t",
    look: "l",
    config: {images: 20, testImages: 400},
    seed: 9,
    key: "k"
  });
  const untrained = calls.filter(({name}) => name === "untrained");
  expect(untrained.map(({args}) => args[1])).toEqual([9, 9]);
  const [, random] = calls.filter(({name}) => name === "judge").map(({args}) => args as {labels: Uint8Array}[]);
  const [pixels] = calls.filter(({name}) => name === "nearestPixels").map(({args}) => args as {count: number; labels: Uint8Array}[]); // prettier-ignore
  expect(pixels.map(({count}) => count)).toEqual([20, 400]);
  expect(pixels[1].labels).toEqual(random[1].labels);
});
