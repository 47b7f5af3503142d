import * as tf from "@tensorflow/tfjs";
import {beforeEach, expect, test} from "vitest";
import {eagerEngine} from "../../../headless/engines/eager.js";
import {nativeEngine} from "../../../headless/engines/native.js";
import {entries, type Tree} from "../../../src/components/tensor/tree.js";
import {fromArrays} from "../../../src/components/train/arrays.js";
import type {Task} from "../../../src/components/train/task.js";
import {apart, batchOf, residual, start, viewOf} from "./residual.js";

const form = {size: 16, records: 4};

beforeEach(async () => {
  await tf.setBackend("cpu");
});

test("on wasm three steps, an evaluation and predictions are the native engine's", async () => {
  const native = await nativeEngine(residual, start(), {threads: 1});
  const wasm = await eagerEngine(residual, start(), "wasm");
  for (const step of [0, 1, 2]) {
    const [expected, made] = [await native.step(batchOf(step, form), 1e-3), await wasm.step(batchOf(step, form), 1e-3)];
    for (const [name, value] of Object.entries(expected)) expect(made[name], name).toBeCloseTo(value, 4);
  }
  const state = fromArrays(start(), await native.state());
  expect(apart(await wasm.state(), state)).toBeLessThan(1e-5);
  const view = viewOf(form);
  const [expected, made] = [await native.evaluate(view), await wasm.evaluate(view)];
  expect(Object.keys(made)).toEqual(Object.keys(expected));
  for (const [name, value] of Object.entries(expected)) expect(made[name], name).toBeCloseTo(value, 4);
  const [rows, eager] = [await native.predict(view), await wasm.predict(view)];
  expect(eager.shape).toEqual(rows.shape);
  rows.data.forEach((value, i) => expect(eager.data[i]).toBeCloseTo(value, 4));
  expect(wasm.flops).toEqual(native.flops);
  expect(wasm.name).toBe("tfjs 4.22.0, wasm, 1 thread");
  await Promise.all([native.release(), wasm.release()]);
});

test("it holds the state's tensors and no others, whatever the batches' form, and none in the end", async () => {
  await (await eagerEngine(residual, start(), "wasm")).release(); // what loading the backend leaves is not counted
  await tf.setBackend("cpu");
  const before = tf.memory().numTensors;
  const given = start();
  const engine = await eagerEngine(residual, given, "wasm");
  tf.dispose(given);
  const leaves = (await engine.state()).size;
  for (const size of [8, 16, 8]) {
    await engine.step(batchOf(0, {...form, size}), 1e-3);
    await engine.evaluate(viewOf({...form, size}));
    await engine.predict(viewOf({...form, size}));
    expect(tf.memory().numTensors).toBe(before + leaves);
  }
  await engine.release();
  expect(tf.memory().numTensors).toBe(before);
});

test("leaves that a step leaves alone are kept, those it replaces are freed", async () => {
  const state = {moved: tf.tensor([3, 4]), frozen: tf.tensor([7])};
  const task = {
    ...residual,
    step: (state: Tree, _: unknown, rate: tf.Scalar) => [
      {moved: tf.sub(state.moved as tf.Tensor, rate), frozen: state.frozen},
      {loss: rate}
    ]
  } as unknown as Task;
  const engine = await eagerEngine(task, state, "wasm");
  const before = tf.memory().numTensors;
  for (const rate of [1, 0.5, 0.25]) expect(await engine.step({}, rate)).toEqual({loss: rate});
  expect(tf.memory().numTensors).toBe(before);
  const after = entries(fromArrays(state, await engine.state())).map(([path, leaf]) => [path, [...leaf.dataSync()]]);
  expect(after).toEqual([["moved", [1.25, 2.25]], ["frozen", [7]]]); // prettier-ignore
  await engine.release();
});
