import {execFile} from "node:child_process";
import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {promisify} from "node:util";
import * as tf from "@tensorflow/tfjs";
import {InferenceSession} from "onnxruntime-node";
import {afterAll, beforeAll, expect, test} from "vitest";
import {agreement} from "../../headless/export/check.js";
import {exportModel} from "../../headless/export/model.js";
import {encodeModel} from "../../headless/native/onnx/model.js";
import {classifier} from "../../src/components/models/classifier.js";
import {vit} from "../../src/components/models/vit.js";
import {sgd} from "../../src/components/optimizers/sgd.js";
import {toArrays} from "../../src/components/train/arrays.js";
import {begin} from "../../src/components/train/begin.js";
import {loadWeights} from "../../src/components/train/loadWeights.js";
import {supervised} from "../../src/components/train/supervised.js";
import type {Task} from "../../src/components/train/task.js";
import {isTrained} from "../../src/components/train/torchLayout.js";
import {packWeights} from "../../src/components/train/weights.js";
import resnetTask from "../../src/week2/resnetTask.js";
import {rng} from "../../src/components/math/random.js";

tf.enableProdMode(); // no advice on other backends
await tf.setBackend("cpu");

const config = {width: 4, depth: 10, data: "cifar10"} as const;
const normalise = {mean: [0.1, 0.2, 0.3], deviation: [0.5, 0.6, 0.7]};
const transformer = (): Task => {
  const size = {image: 32, patch: 16, width: 16, depth: 1, heads: 2, mlp: 32};
  return supervised({model: classifier(vit(size), 10), classes: 10, optimizer: sgd(), normalise});
};

/** A state whose statistics and biases are not those of a beginning, where a network hides much of what could be wrong. */
async function weightsOf(task: Task) {
  const state = begin(task, 1);
  const arrays = await toArrays(state);
  tf.dispose(state);
  const trained = [...arrays].filter(([path]) => isTrained(path));
  return new Map(
    trained.map(([path, {data, shape}], i) => {
      const noise = shape.length === 1 ? rng(i).uniform(data.length, 0, 0.2) : new Float32Array(data.length);
      return [path, {data: (data as Float32Array).map((value, k) => value + noise[k]), shape}];
    })
  );
}

test.each([
  ["a ResNet with its statistics", () => resnetTask(config)],
  ["a transformer with its class token", transformer]
])("%s gives the library's logits for batches of any size", async (_, make) => {
  const task = make();
  const state = await loadWeights(task, await weightsOf(task));
  const graph = exportModel(task, state);
  for (const {count, largest, difference} of await agreement(encodeModel(graph), task, state, [1, 2, 5])) {
    expect(count).toBeGreaterThan(0);
    expect(difference).toBeLessThanOrEqual(2e-5 * largest);
  }
});

test("the model has one named input, one named output and the standard operators alone", async () => {
  const task = resnetTask(config);
  const state = await loadWeights(task, await weightsOf(task));
  const graph = exportModel(task, state);
  expect(new Set(graph.nodes.map(({domain}) => domain))).toEqual(new Set([""]));
  expect(graph.constants.map(({name}) => name)).toContain("params.layer1.0.conv1.weight");
  const model = encodeModel(graph);
  expect(Buffer.from(model).includes("com.microsoft")).toBe(false);
  const session = await InferenceSession.create(model);
  expect(session.inputMetadata).toMatchObject([{name: "images", type: "float32", shape: ["N", 3, 32, 32]}]);
  expect(session.outputMetadata).toMatchObject([{name: "logits", type: "float32", shape: ["N", 10]}]);
});

test("what cannot be exported says why", async () => {
  const task = transformer();
  const state = begin(task, 1);
  const perImage = {...task, predict: (...args: Parameters<Task["predict"]>) => tf.div(task.predict(...args), args[1].images.shape[0])}; // prettier-ignore
  expect(() => exportModel(perImage, state)).toThrow("expected shapes alone to follow the batch size, got Div");
  const squared = {...task, view: (...args: Parameters<Task["view"]>) => {
    const batch = task.view(...args);
    return {...batch, images: {...batch.images, data: batch.images.data.map((x) => x * x)}};
  }} as Task; // prettier-ignore
  expect(() => exportModel(squared, state)).toThrow("expected a view that scales pixels by channel");
  const blind = {...task, view: () => ({x: {data: new Float32Array(2), shape: [2]}})};
  expect(() => exportModel(blind, state)).toThrow("expected a task that sees images (256, 32, 32, 3), got ()");
});

test("weights of another model are refused by the name of the first leaf that does not fit", async () => {
  const weights = await weightsOf(resnetTask(config));
  await expect(loadWeights(resnetTask({...config, width: 8}), weights)).rejects.toThrow(
    "fromArrays: expected params.conv1.weight (3, 3, 3, 8) float32, got (3, 3, 3, 4)"
  );
});

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "export-"))));
afterAll(() => rm(folder, {recursive: true}));

const npmRunExport = (...words: string[]) =>
  promisify(execFile)(process.execPath, ["node_modules/tsx/dist/cli.mjs", "headless/export.ts", ...words]);

test("the command writes a model that it has compared with the library", async () => {
  const state = await weightsOf(resnetTask(config));
  const [file, model] = [join(folder, "weights.safetensors"), join(folder, "model.onnx")];
  await writeFile(file, packWeights({module: "week2/resnetTask", config, state}));
  const {stdout} = await npmRunExport(file, "--to", model);
  expect(stdout).toMatch(/3 images: onnxruntime's logits differ from the library's by at most \d\.\de-\d/);
  expect((await InferenceSession.create(model)).outputNames).toEqual(["logits"]);
});

test("the command reads no module from elsewhere", async () => {
  const file = join(folder, "foreign.safetensors");
  await writeFile(file, packWeights({module: "../tools/build", config, state: new Map()}));
  const failed = npmRunExport(file, "--to", join(folder, "foreign.onnx"));
  await expect(failed).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining("got ../tools/build") as string
  });
});
