import * as tf from "@tensorflow/tfjs";
import {execFile} from "node:child_process";
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {promisify} from "node:util";
import {afterAll, beforeAll, beforeEach, expect, test} from "vitest";
import {writeRun} from "../../headless/record/record.js";
import {gradientTask} from "../../headless/sharpness/gradient.js";
import {lossSharpness} from "../../headless/sharpness/measure.js";
import type {Records} from "../../src/components/data/records.js";
import {parseRunRecord} from "../../src/components/data/runRecord.js";
import {linear, type LinearParams} from "../../src/components/layers/linear.js";
import {eigen} from "../../src/components/math/eigen.js";
import {rng} from "../../src/components/math/random.js";
import type {Model} from "../../src/components/models/model.js";
import {sgd} from "../../src/components/optimizers/sgd.js";
import {toArrays} from "../../src/components/train/arrays.js";
import {begin} from "../../src/components/train/begin.js";
import {supervised} from "../../src/components/train/supervised.js";
import type {Task} from "../../src/components/train/task.js";
import resnetTask from "../../src/week2/resnetTask.js";
import {recordedRun} from "../data/recordedRun.js";
import {noise} from "./command.js";

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "sharpness-"))));
afterAll(() => rm(folder, {recursive: true}));
beforeEach(() => tf.setBackend("cpu"));

const count = 7; // of records

/** Logistic regression on 2 × 2 grey images: 4 numbers and 3 classes. */
function regression() {
  const layer = linear(4, 3);
  const model: Model<LinearParams & Record<string, tf.Tensor>, Record<string, never>> = {
    init: (rng) => ({params: {...layer.init(rng)}, stats: {}}),
    apply: (params, stats, x) => [layer.apply(params, tf.reshape(x, [-1, 4])), stats, {}]
  };
  const task = supervised({model, classes: 3, optimizer: sgd(), normalise: {mean: [0], deviation: [1]}});
  const images = Uint8Array.from(rng(1).integers(4 * count, 256));
  const labels = Uint8Array.from(rng(2).integers(count, 3));
  const records = {images, labels, count, height: 2, width: 2, channels: 1} as unknown as Records;
  return {task: task as unknown as Task, records};
}

/** The Hessian of the mean cross-entropy by its formula: the mean of x̃ x̃ᵀ ⊗ (diag p − p pᵀ), x̃ the pixels and a one. */
function hessian({images}: Records, weight: ArrayLike<number>, bias: ArrayLike<number>, records: number): number[][] {
  const H = Array.from({length: 15}, () => new Array<number>(15).fill(0));
  for (let n = 0; n < records; ++n) {
    const x = [...Array.from(images.subarray(4 * n, 4 * n + 4), (byte) => byte / 255), 1];
    const z = [0, 1, 2].map((k) => x.reduce((sum, value, d) => sum + value * (d < 4 ? weight[d * 3 + k] : bias[k]), 0));
    const total = z.reduce((sum, value) => sum + Math.exp(value), 0);
    const p = z.map((value) => Math.exp(value) / total);
    for (let i = 0; i < 15; ++i)
      for (let j = 0; j < 15; ++j) {
        const [a, b] = [i % 3, j % 3];
        const curve = (a === b ? p[a] : 0) - p[a] * p[b];
        H[i][j] += (x[Math.floor(i / 3)] * x[Math.floor(j / 3)] * curve) / records;
      }
  }
  return H;
}

test.each([
  [count, 7],
  [5, 2]
])(
  "of logistic regression on %i records, %i at a time, it is the Hessian's largest eigenvalue",
  async (images, batch) => {
    const {task, records} = regression();
    const state = begin(task, 3);
    const {weight, bias} = state.params as unknown as LinearParams & {bias: tf.Tensor};
    const exact = eigen(hessian(records, weight.dataSync(), bias.dataSync(), images)).values[0];
    const {eigenvalue, residual, ...rest} = await lossSharpness(
      {task, state, train: records},
      {images, batch, engine: {threads: 1}}
    );
    expect(rest.images).toBe(images);
    expect(residual).toBeLessThan(0.05 * exact);
    expect(Math.abs(eigenvalue - exact)).toBeLessThan(residual + 1e-3 * exact);
  }
);

test("a state without params has no sharpness", async () => {
  const task = {...regression().task, predict: () => tf.scalar(0)};
  expect(() => gradientTask(task).predict({online: {}}, {})).toThrow("expected a state with params, got online");
});

const config = {data: "cifar10" as const, depth: 10 as const, width: 2, images: 60, testImages: 20};

test("the command measures recorded weights and adds the result to their record", async () => {
  await noise(join(folder, "data"), 60, 20);
  const state = await toArrays(begin(resnetTask(config), 3));
  const {weights: _, logits: __, ...run} = recordedRun({recipe: {...recordedRun().recipe, config}});
  await writeRun(join(folder, "run"), run, {state, logits: null});
  const words = [join(folder, "run"), "--images", "30", "--threads", "1"];
  const {stdout} = await promisify(execFile)(process.execPath, ["--import", "tsx", "headless/sharpness.ts", ...words], {
    env: {...process.env, DATA_DIR: join(folder, "data")}
  });
  expect(stdout).toMatch(new RegExp(`^${run.name}: λ₁ = .* on the loss of 30 training images`));
  const {final} = parseRunRecord(JSON.parse(await readFile(join(folder, "run", "runs", `${run.name}.json`), "utf8")));
  expect(final.testAccuracy).toBe(run.final.testAccuracy);
  expect(final.sharpness).toEqual({
    ...{eigenvalue: expect.any(Number), residual: expect.any(Number), iterations: expect.any(Number)},
    images: 30
  });
}, 120_000);
