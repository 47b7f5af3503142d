import * as tf from "@tensorflow/tfjs";
import {beforeAll, expect, test} from "vitest";
import {nativeEngine} from "../../../headless/engines/native.js";
import {entries, type Tree} from "../../../src/components/tensor/tree.js";
import {fromArrays, upload} from "../../../src/components/train/arrays.js";
import {apart, batchOf, residual, start, viewOf} from "./residual.js";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const metric = (sums: Record<string, tf.Tensor>) =>
  Object.fromEntries(Object.entries(sums).map(([name, value]) => [name, value.dataSync()[0]]));

test("an engine steps as the task does, over batches that change form", async () => {
  let state: Tree = start();
  const given = start();
  const engine = await nativeEngine(residual, given, {threads: 1});
  tf.dispose(given);
  for (const [step, {size, records}] of [
    {size: 8, records: 6},
    {size: 16, records: 6},
    {size: 16, records: 4},
    {size: 8, records: 6}
  ].entries()) {
    // prettier-ignore
    const batch = batchOf(step, {size, records});
    const [next, metrics] = residual.step(state, upload(batch), tf.scalar(1e-3));
    const numbers = await engine.step(batch, 1e-3);
    expect(apart(await engine.state(), next)).toBeLessThan(1e-5);
    for (const [name, value] of Object.entries(metric(metrics))) expect(numbers[name], name).toBeCloseTo(value, 4);
    state = next;
  }
  const view = viewOf({size: 16, records: 5});
  const [sums, predicted] = [await engine.evaluate(view), await engine.predict(view)];
  for (const [name, value] of Object.entries(metric(residual.evaluate(state, upload(view)))))
    expect(sums[name], name).toBeCloseTo(value, 4);
  const expected = residual.predict(state, upload(view));
  expect(predicted.shape).toEqual([5, 3]);
  expect(predicted.data).toBeInstanceOf(Float32Array);
  Array.from(expected.dataSync()).forEach((value, i) => expect(predicted.data[i]).toBeCloseTo(value, 4));
  await engine.release();
});

test("its operations are those of the last batch", async () => {
  const engine = await nativeEngine(residual, start(), {threads: 1});
  expect(engine.flops).toEqual({step: 0, evaluate: 0});
  const after = async (size: number, records: number) => {
    await engine.step(batchOf(0, {size, records}), 1e-3);
    return engine.flops.step;
  };
  const small = await after(8, 4);
  expect(small).toBeGreaterThan(0);
  expect((await after(8, 8)) / small).toBe(2);
  expect((await after(16, 4)) / small).toBeCloseTo(4, 2); // all but the head
  expect(engine.flops.evaluate).toBe(0);
  await engine.release();
});

test("copies are given out: a state serves to begin again after the run went on", async () => {
  const engine = await nativeEngine(residual, start(), {threads: 1});
  await engine.step(batchOf(0, {size: 8, records: 6}), 1e-3);
  const kept = await engine.state();
  const first = await engine.step(batchOf(1, {size: 8, records: 6}), 1e-3);
  await engine.step(batchOf(2, {size: 8, records: 6}), 1e-3);
  const again = await nativeEngine(residual, fromArrays(start(), kept), {threads: 1});
  expect(await again.step(batchOf(1, {size: 8, records: 6}), 1e-3)).toEqual(first);
  await Promise.all([engine.release(), again.release()]);
});

test("stepping and changing form leave no tensor behind in tfjs, and the state keeps its leaves", async () => {
  const engine = await nativeEngine(residual, start(), {threads: 1});
  const before = tf.memory().numTensors;
  for (const size of [8, 16, 8]) await engine.step(batchOf(0, {size, records: 4}), 1e-3);
  expect(tf.memory().numTensors).toBe(before);
  const paths = entries(start()).map(([path]) => path);
  expect([...(await engine.state()).keys()]).toEqual(paths);
  await engine.release();
});

test("its name says the runtime, its version and the threads", async () => {
  const name = async (threads: number) => (await nativeEngine(residual, start(), {threads})).name;
  expect(await name(1)).toMatch(/^onnxruntime 1\.30\.0, 1 thread$/);
  expect(await name(2)).toMatch(/, 2 threads$/);
});
