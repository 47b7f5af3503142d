import * as tf from "@tensorflow/tfjs";
import {beforeAll, describe, expect, test} from "vitest";
import {compileEvaluate, compileStep} from "../../../headless/native/compile.js";
import {nativeArrays, nativeState} from "../../../headless/native/nativeState.js";
import {rng} from "../../../src/components/math/random.js";
import {classifier} from "../../../src/components/models/classifier.js";
import {mlp} from "../../../src/components/models/mlp.js";
import {resnet} from "../../../src/components/models/resnet.js";
import {adamw} from "../../../src/components/optimizers/adamw.js";
import {sgd} from "../../../src/components/optimizers/sgd.js";
import {entries, type Tree} from "../../../src/components/tensor/tree.js";
import {fromArrays, upload, type Arrays} from "../../../src/components/train/arrays.js";
import {supervised} from "../../../src/components/train/supervised.js";
import type {Task} from "../../../src/components/train/task.js";
import {norm} from "./traced.js";
import {noiseRecords as records} from "../../data/noiseRecords.js";

const rows = (step: number) => Uint32Array.from({length: 8}, (_, i) => 8 * step + i);
const normalise = {mean: [0.5, 0.4, 0.3], deviation: [0.25, 0.5, 0.2]};
const rates = [1e-3, 5e-4, 8e-4];

const residual = (width: number) =>
  supervised({
    model: classifier(resnet({depth: 10, width}), 3),
    classes: 3,
    optimizer: sgd({momentum: 0.9, nesterov: true, decay: {amount: 5e-4}}),
    smoothing: 0.1,
    normalise
  });
const perceptron = supervised({
  model: mlp([16 * 16 * 3, 20, 3], {rate: 0.5}),
  classes: 3,
  optimizer: adamw({decay: {amount: 0.05}}),
  normalise
});

/** The largest ‖a − b‖ / ‖b‖ over the leaves. */
function distances(made: Arrays, expected: Tree): [path: string, distance: number][] {
  return entries(expected).map(([path, leaf]) => {
    const [a, b] = [made.get(path)!.data, leaf.dataSync()];
    const expected = Array.from(b, Number);
    return [path, norm(expected.map((value, i) => value - a[i])) / (norm(expected) || 1)];
  });
}

beforeAll(async () => {
  await tf.setBackend("cpu");
});

describe("a recorded step, replayed on other batches and rates, is the eager step", () => {
  const tasks: [string, Task][] = [
    ["ResNet-10 of width 4, SGD with Nesterov's momentum", residual(4) as unknown as Task],
    ["ResNet-10 of width 16, convolved in blocks", residual(16) as unknown as Task],
    ["an MLP with dropout, AdamW", perceptron as unknown as Task]
  ];
  test.each(tasks)("%s", async (_, task) => {
    let state = task.init(rng(2));
    const batches = rates.map((_, i) => task.sample(rng(3).fork(i), records, rows(i)));
    const step = await compileStep(task, state, task.sample(rng(9), records, rows(0)), {threads: 1});
    let native = nativeState(state);
    for (const [i, rate] of rates.entries()) {
      const [next, metrics] = task.step(state, upload(batches[i]), tf.scalar(rate));
      const [after, numbers] = await step(native, batches[i], rate);
      state = next;
      native = after;
      const off = distances(nativeArrays(native), state).filter(([, distance]) => !(distance <= 1e-5));
      expect(off).toEqual([]);
      for (const [name, value] of Object.entries(metrics)) expect(numbers[name]).toBeCloseTo(value.dataSync()[0], 5);
    }
    await step.release();
  });
});

test("a step of the standard's operators alone is the same function", async () => {
  const task = residual(16);
  const state = task.init(rng(2));
  const batch = task.sample(rng(3), records, rows(0));
  const domains = [];
  const made = [];
  for (const dialect of ["standard", undefined] as const) {
    const step = await compileStep(task, state, batch, {threads: 1, dialect});
    domains.push(new Set(step.graph.nodes.map(({domain}) => domain)));
    made.push(nativeArrays((await step(nativeState(state), batch, 1e-3))[0]));
  }
  expect(domains[0]).toEqual(new Set([""]));
  const [standard, fastest] = made;
  for (const [path, {data, shape}] of standard)
    expect(distances(fastest, {[path]: tf.tensor(data, shape)})[0][1], path).toBeLessThan(1e-5);
});

test("the step does move every leaf: three replayed steps differ from none", async () => {
  const state = perceptron.init(rng(2));
  const batch = perceptron.sample(rng(3), records, rows(0));
  const step = await compileStep(perceptron, state, batch, {threads: 1});
  const [after] = await step(nativeState(state), batch, 1e-3);
  const still = distances(nativeArrays(after), state).filter(([, distance]) => distance === 0);
  expect(still).toEqual([]);
});

test("a compiled evaluation is the eager one, and leaves the state to be used again", async () => {
  const task = residual(4);
  const state = task.init(rng(2));
  const batch = task.view(records, rows(1).subarray(0, 5), 8);
  const evaluate = await compileEvaluate(task, state, batch, {threads: 1});
  const native = nativeState(state);
  const sums = await evaluate(native, batch);
  for (const [name, value] of Object.entries(task.evaluate(state, upload(batch))))
    expect(sums[name]).toBeCloseTo(value.dataSync()[0], 4);
  expect(sums.count).toBe(5);
  expect(await evaluate(native, batch)).toEqual(sums);
});

test("a native state goes to arrays and back, and two runs from the same state agree to the bit", async () => {
  const state = perceptron.init(rng(2));
  const batch = perceptron.sample(rng(3), records, rows(0));
  const step = await compileStep(perceptron, state, batch, {threads: 1});
  const after = async (start: Tree) => {
    let native = nativeState(start);
    for (const rate of rates) [native] = await step(native, batch, rate);
    return nativeArrays(native);
  };
  expect(await after(fromArrays(state, nativeArrays(nativeState(state))))).toEqual(await after(state));
});

test("a leaf that the step leaves alone is carried along, and is no output of the graph", async () => {
  const task = {
    ...(perceptron as unknown as Task),
    step: (state: Tree, _: unknown, rate: tf.Scalar) => [{a: tf.sub(state.a as tf.Tensor, rate), frozen: state.frozen}, {loss: rate}] // prettier-ignore
  } as unknown as Task;
  const state = {a: tf.tensor([3, 4]), frozen: tf.tensor([7])};
  const step = await compileStep(task, state, {}, {threads: 1});
  expect(step.graph.outputs.map(({name}) => name)).toEqual(["out:state/a", "out:number/loss"]);
  let native = nativeState(state);
  for (const rate of [1, 0.5, 0.25]) [native] = await step(native, {}, rate);
  const arrays = nativeArrays(native);
  expect([...arrays.get("a")!.data, ...arrays.get("frozen")!.data]).toEqual([1.25, 2.25, 7]);
});

test("a consumed state, a batch of another form and a state that changes form are refused by name", async () => {
  const state = perceptron.init(rng(2));
  const batch = perceptron.sample(rng(3), records, rows(0));
  const step = await compileStep(perceptron, state, batch, {threads: 1});
  const start = nativeState(state);
  await step(start, batch, 1e-3);
  await expect(step(start, batch, 1e-3)).rejects.toThrow(
    "step: expected the newest state, got one that a step has consumed"
  );
  const short = perceptron.sample(rng(3), records, Uint32Array.of(1, 2));
  await expect(step(nativeState(state), short, 1e-3)).rejects.toThrow(
    "step: expected images (8, 16, 16, 3) float32, got (2, 16, 16, 3) float32"
  );
  const grows = {
    ...(perceptron as unknown as Task),
    step: (state: Tree, _: unknown, rate: tf.Scalar) => [{a: tf.stack([state.a as tf.Tensor])}, {loss: rate}]
  } as unknown as Task;
  await expect(compileStep(grows, {a: tf.tensor([1, 2])}, {})).rejects.toThrow(
    "compileStep: expected the new a (2) float32, got (1, 2) float32"
  );
});
