import * as tf from "@tensorflow/tfjs";
import {beforeAll, describe, expect, test} from "vitest";
import {compileEvaluate, compilePredict, compileStep} from "../../headless/native/compile.js";
import {nativeArrays, nativeState} from "../../headless/native/nativeState.js";
import {rng} from "../../src/components/math/random.js";
import type {Tree} from "../../src/components/tensor/tree.js";
import {upload} from "../../src/components/train/arrays.js";
import type {Task} from "../../src/components/train/task.js";
import {eight, records, tinyDino, tinyMoco, tinySimclr} from "../ssl/tiny.js";
import {apart} from "./engines/residual.js";

const tasks: Record<string, Task> = {
  simclr: tinySimclr() as unknown as Task,
  moco: tinyMoco() as unknown as Task,
  dino: tinyDino() as unknown as Task,
  "dino without local views": tinyDino({locals: 0}) as unknown as Task
};
const rates = [1e-2, 5e-3, 8e-3, 2e-3];

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const worst = (numbers: Record<string, number>, scalars: Record<string, tf.Scalar>) =>
  Math.max(...Object.entries(scalars).map(([name, value]) => Math.abs(numbers[name] - value.dataSync()[0])));

describe.each(Object.entries(tasks))("%s", (_, task) => {
  test("the recorded step, replayed from the same states on other batches and rates, is the eager step", async () => {
    let state: Tree = task.init(rng(2));
    const sample = (i: number) => task.sample(rng(3).fork(i), records, eight(5 * i));
    const step = await compileStep(task, state, sample(0), {threads: 1});
    for (const [i, rate] of rates.entries()) {
      const [next, metrics] = task.step(state, upload(sample(i)), tf.scalar(rate));
      const [native, numbers] = await step(nativeState(state), sample(i), rate);
      expect(apart(nativeArrays(native), next)).toBeLessThan(1e-5);
      expect(worst(numbers, metrics)).toBeLessThan(1e-4);
      state = next;
    }
    await step.release();
  });

  test("so are evaluation and features, on a batch with padding", async () => {
    const state = task.init(rng(2));
    const batch = task.view(records, eight(3).subarray(0, 6), 8);
    const evaluate = await compileEvaluate(task, state, batch, {threads: 1});
    expect(worst(await evaluate(nativeState(state), batch), task.evaluate(state, upload(batch)))).toBeLessThan(1e-3);
    const predict = await compilePredict(task, state, batch, {threads: 1});
    const {data, shape} = await predict(nativeState(state), batch);
    const expected = task.predict(state, upload(batch));
    expect(shape).toEqual([8, 32]);
    expect(tf.max(tf.abs(tf.sub(expected, tf.tensor(data, shape)))).dataSync()[0]).toBeLessThan(1e-5);
    for (const each of [evaluate, predict]) await each.release();
  });
});
