import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import type {Records} from "../../src/components/data/records.js";
import {rng} from "../../src/components/math/random.js";
import {classifier} from "../../src/components/models/classifier.js";
import {resnet} from "../../src/components/models/resnet.js";
import {useBackend} from "../../src/components/ops/backend.js";
import {adam} from "../../src/components/optimizers/adam.js";
import {fit} from "../../src/components/train/fit.js";
import {supervised} from "../../src/components/train/supervised.js";
import {notebook, plan, tiny, tinyData} from "../train/tiny.js";

test("over 6,000 steps the tensors and their bytes stay the same, every loss is in the curve, and none is left", async () => {
  const notes = notebook();
  expect(await fit(tiny, tinyData(), {...plan, epochs: 1000}, notes)).toMatchObject({type: "done"});
  expect(notes.points.map(({step}) => step)).toEqual(Array.from({length: 6000}, (_, i) => i + 1));
  expect(new Set(notes.of("progress").map(({tensors, bytes}) => `${tensors} ${bytes}`)).size).toBe(1);
  expect(tf.memory()).toMatchObject({numTensors: 0, numBytes: 0, numDataBuffers: 0});
});

/** Images of 8 × 8 noise in three classes. */
const noise = (seed: number, count: number): Records => ({
  images: Uint8Array.from(rng(seed).integers(count * 192, 256)),
  labels: Uint8Array.from({length: count}, (_, i) => i % 3),
  count,
  ...{height: 8, width: 8, channels: 3, classes: ["a", "b", "c"], digest: "", note: ""}
});

test("over 2,000 steps of a residual network on wasm neither tensors nor the heap of the backend grow", async () => {
  await useBackend("wasm");
  const {wasm} = tf.backend() as unknown as {wasm: {HEAPU8: Uint8Array}};
  const task = supervised({
    model: classifier(resnet({depth: 10, width: 4}), 3),
    classes: 3,
    optimizer: adam(),
    normalise: {mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25]}
  });
  const heap: number[] = [];
  const notes = notebook();
  const on = (event: Parameters<typeof notes.on>[0]) => {
    notes.on(event);
    if (event.type === "epoch") heap.push(wasm.HEAPU8.length);
  };
  const data = {train: noise(1, 24), test: noise(2, 20)};
  const schedule = {kind: "constant", rate: 0.003} as const;
  expect(await fit(task, data, {seed: 1, epochs: 500, batch: 6, schedule}, {...notes, on})).toMatchObject({
    type: "done"
  });
  expect(notes.points.every(({metrics}) => Number.isFinite(metrics.loss))).toBe(true);
  expect(notes.points.at(-1)!.step).toBe(2000);
  expect(new Set(notes.of("progress").map(({tensors, bytes}) => `${tensors} ${bytes}`)).size).toBe(1);
  expect(heap).toHaveLength(500);
  expect(heap.at(-1)).toBe(heap[10]); // the allocator has found its size in the first epochs
  expect(tf.memory()).toMatchObject({numTensors: 0, numBytes: 0, numDataBuffers: 0});
});
