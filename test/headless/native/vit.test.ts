import * as tf from "@tensorflow/tfjs";
import {beforeAll, expect, test} from "vitest";
import {compileStep} from "../../../headless/native/compile.js";
import {nativeArrays, nativeState} from "../../../headless/native/nativeState.js";
import {rng} from "../../../src/components/math/random.js";
import {classifier} from "../../../src/components/models/classifier.js";
import {vit} from "../../../src/components/models/vit.js";
import {adamw} from "../../../src/components/optimizers/adamw.js";
import {leaves, mapAt, type Tree} from "../../../src/components/tensor/tree.js";
import {fromArrays, toArrays, upload} from "../../../src/components/train/arrays.js";
import {supervised} from "../../../src/components/train/supervised.js";
import type {Task} from "../../../src/components/train/task.js";
import {apart} from "../engines/residual.js";
import {noiseRecords as records} from "../../data/noiseRecords.js";

const rates = [1e-3, 5e-4, 8e-4];
const width = 24;
const encoder = vit({image: 16, patch: 4, width, depth: 2, heads: 3, mlp: 48}, {dropout: 0.1, dropPath: 0.1});
const task = supervised({
  model: classifier(encoder, 3),
  classes: 3,
  optimizer: adamw({decay: {amount: 0.05}}),
  smoothing: 0.1,
  normalise: {mean: [0.5, 0.4, 0.3], deviation: [0.25, 0.5, 0.2]}
}) as unknown as Task;

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** The middle third of qkv.bias, the keys', has a gradient of 0; Adam turns its rounding into steps of the rate. */
const withoutKeys = (state: Tree): Tree =>
  mapAt((path, leaf) => {
    if (!path.endsWith("qkv.bias")) return leaf;
    const [queries, , values] = tf.split(leaf, 3);
    return tf.concat([queries, tf.zeros([width]), values]);
  }, state);

test("a vision transformer's recorded step, replayed on other batches and rates, is the eager step", async () => {
  let state = task.init(rng(2));
  const sample = (i: number) =>
    task.sample(rng(3).fork(i), records, Uint32Array.from({length: 8}, (_, j) => 8 * i + j)); // prettier-ignore
  const step = await compileStep(task, state, task.sample(rng(9), records, new Uint32Array(8)), {threads: 1});
  for (const [i, rate] of rates.entries()) {
    const [next, metrics] = task.step(state, upload(sample(i)), tf.scalar(rate));
    const [native, numbers] = await step(nativeState(state), sample(i), rate); // from the same state each time
    const made = fromArrays(next, nativeArrays(native));
    expect(apart(await toArrays(withoutKeys(made)), withoutKeys(next))).toBeLessThan(1e-5);
    for (const [name, value] of Object.entries(metrics)) expect(numbers[name]).toBeCloseTo(value.dataSync()[0], 5);
    const still = leaves(next).filter((leaf, j) => tf.equal(leaf, leaves(state)[j]).all().dataSync()[0]);
    expect(still).toEqual([]);
    state = next;
  }
  await step.release();
});
