import * as tf from "@tensorflow/tfjs";
import {execFile} from "node:child_process";
import {mkdtemp, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {promisify} from "node:util";
import {afterAll, beforeAll, beforeEach, expect, test} from "vitest";
import {writeCheckpoint} from "../../headless/run/checkpoints.js";
import {frozenFeatures} from "../../headless/probe/features.js";
import {featureMap} from "../../headless/probe/map.js";
import {nativeProducts} from "../../headless/probe/products.js";
import {scores} from "../../headless/probe/scores.js";
import {keepFeatures} from "../../headless/run/monitor.js";
import {digestOf, probeSource} from "../../headless/probe/source.js";
import {writeRun} from "../../headless/record/record.js";
import {parseRunRecord} from "../../src/components/data/runRecord.js";
import {scenes} from "../../src/components/data/scenes.js";
import {clusteringAccuracy} from "../../src/components/evaluate/clusteringAccuracy.js";
import {packMap, unpackMap} from "../../src/components/evaluate/featureMap.js";
import {plainProducts} from "../../src/components/evaluate/products.js";
import {writeSafetensors} from "../../src/components/train/safetensors.js";
import {toArrays} from "../../src/components/train/arrays.js";
import {begin} from "../../src/components/train/begin.js";
import type {Task} from "../../src/components/train/task.js";
import resnetTask from "../../src/week2/resnetTask.js";
import {recordedRun} from "../data/recordedRun.js";
import {blobs, normalRows} from "../evaluate/rowsOf.js";
import {noise} from "./command.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "probe-"));
  process.env.PROBE_DIR = join(folder, "cache");
});
afterAll(() => rm(folder, {recursive: true}));
beforeEach(() => tf.setBackend("cpu"));

const config = {data: "cifar10" as const, depth: 10 as const, width: 4, images: 300, testImages: 100};
const data = {train: scenes({seed: 0, count: 30}), test: scenes({seed: 0, count: 20, from: 100})};
const quiet = {threads: 1, notice: () => {}};

test("native products are the plain ones to float32's rounding, for matrices of any size", async () => {
  const native = await nativeProducts(1);
  const sizes = [[1, 1, 1], [5, 3, 7], [70, 2, 33]]; // prettier-ignore
  for (const [n, m, d] of sizes) {
    const [a, b, c] = [normalRows(1, n, d), normalRows(2, m, d), normalRows(3, n, m)];
    const pairs = [
      [await native.ofRows(a, b), await plainProducts.ofRows(a, b)],
      [await native.ofColumns(c, a), await plainProducts.ofColumns(c, a)]
    ];
    for (const [found, expected] of pairs) {
      expect([...found.shape]).toEqual([...expected.shape]);
      found.data.forEach((x: number, i: number) => expect(Math.abs(x - expected.data[i])).toBeLessThan(1e-4));
    }
  }
  await native.release();
});

test("a classifier's features are what its head is given: logits = W f + b", async () => {
  const task = resnetTask(config) as Task;
  const state = begin(task, 1) as {params: {fc: {weight: tf.Tensor2D; bias: tf.Tensor}}} & ReturnType<typeof begin>;
  const {weight, bias} = state.params.fc;
  const [w, b] = [weight.clone(), bias.clone()];
  const rows = Uint32Array.from({length: 20}, (_, i) => i);
  const {images} = task.view(data.test, rows, 20);
  const logits = task.predict(state, {images: tf.tensor(images.data, images.shape)});
  const {test, train, moved, digest} = await frozenFeatures({task, state, data}, quiet);
  expect([train.features.shape, test.features.shape, moved.shape].map(String)).toEqual(["30,32", "20,32", "20,32"]);
  const rebuilt = tf.add(tf.matMul(tf.tensor2d(test.features.data as Float32Array, [20, 32]), w as tf.Tensor2D), b);
  expect(tf.max(tf.abs(tf.sub(rebuilt, logits))).dataSync()[0]).toBeLessThan(1e-4);
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(moved.data).not.toEqual(test.features.data);
});

test("features are kept by the weights' digest: others are computed anew", async () => {
  const task = resnetTask(config) as Task;
  const first = await frozenFeatures({task, state: begin(task, 5), data}, quiet);
  const files = await readdir(process.env.PROBE_DIR!);
  const unable = {...task, predict: () => tf.zeros([1]), features: () => tf.zeros([100, 1])} as Task;
  const again = await frozenFeatures({task: unable, state: begin(task, 5), data}, quiet);
  expect(again).toEqual(first);
  expect(await readdir(process.env.PROBE_DIR!)).toEqual(files);
  const other = await frozenFeatures({task, state: begin(task, 6), data}, quiet);
  expect(other.digest).not.toBe(first.digest);
  expect(other.test.features.data).not.toEqual(first.test.features.data);
});

test("a task without features of its own is asked for its prediction; blocks that it does not read are no trouble", async () => {
  const task = resnetTask(config) as Task;
  const view: Task["view"] = (records, rows, size) => {
    const batch = task.view(records, rows, size);
    return {...batch, first: {data: new Float32Array(size), shape: [size]}};
  };
  const pooled = {...task, features: undefined, view, predict: (_: unknown, {images}: {images: tf.Tensor}) => tf.mean(images, [1, 2])} as unknown as Task; // prettier-ignore
  const {test} = await frozenFeatures({task: pooled, state: begin(task, 8), data}, quiet);
  const rows = Uint32Array.from({length: 20}, (_, i) => i);
  const {images} = task.view(data.test, rows, 20);
  const expected = tf.mean(tf.tensor(images.data, images.shape), [1, 2]).dataSync();
  expect(test.features.shape).toEqual([20, 3]);
  test.features.data.forEach((x: number, i: number) => expect(x).toBeCloseTo(expected[i], 5));
});

test("a task that gives no rows of features is refused", async () => {
  const task = resnetTask(config) as Task;
  const flat = {...task, features: undefined, predict: (_: unknown, {images}: {images: tf.Tensor}) => tf.mean(images, [1])} as unknown as Task; // prettier-ignore
  const refused = frozenFeatures({task: flat, state: begin(task, 7), data}, quiet);
  await expect(refused).rejects.toThrow("probe: expected features (N, D) of the task, got (30, 32, 3)");
});

test("the digest is of parameters and statistics alone, whatever their order, and of every bit of them", () => {
  const block = (...values: number[]) => ({data: Float32Array.from(values), shape: [values.length]});
  const [a, b] = [block(1, 2), block(3)];
  const first = digestOf(new Map([["params.a", a], ["stats.b", b]])); // prettier-ignore
  expect(digestOf(new Map([["stats.b", b], ["params.a", a], ["optimizer.velocity", b]]))).toBe(first); // prettier-ignore
  expect(digestOf(new Map([["params.a", block(1, 2 + 2 ** -22)], ["stats.b", b]]))).not.toBe(first); // prettier-ignore
  expect(digestOf(new Map([["params.b", a], ["stats.b", b]]))).not.toBe(first); // prettier-ignore
});

test("clear groups score perfectly, and more labels than there are are not asked for", async () => {
  const [train, test] = [blobs(1, {each: 40, noise: 0.1}), blobs(2, {each: 40, noise: 0.1})];
  const protocol = {classes: 3, seed: 0, clusterings: 3, restarts: 5, cosine: true};
  const lines: string[] = [];
  const found = await scores({train, test, moved: test.features}, protocol, plainProducts, (line) => lines.push(line));
  expect([found.linearProbe.accuracy, found.knn, found.alignment]).toEqual([1, 1, 0]);
  for (const name of ["accuracy", "nmi", "ari"] as const) {
    expect(found.kmeans[name].mean).toBeCloseTo(1, 12);
    expect(found.kmeans[name].deviation).toBeCloseTo(0, 12);
  }
  expect(found.labels.map(({perClass}) => perClass)).toEqual([1, 10]);
  expect(found.effectiveRank).toBeGreaterThan(2.5);
  expect(found.effectiveRank).toBeLessThan(4);
  expect(lines.length).toBe(Object.keys(found.seconds).length);
});

const command = (words: string[]) =>
  promisify(execFile)(process.execPath, ["--import", "tsx", "headless/probe.ts", ...words], {
    env: {...process.env, DATA_DIR: join(folder, "data")}
  });

test("the command probes recorded weights and adds the scores to their record", async () => {
  await noise(join(folder, "data"), 300, 100);
  const task = resnetTask(config);
  const state = await toArrays(begin(task, 3));
  const recipe = {...recordedRun().recipe, config};
  const {weights: _, logits: __, ...run} = recordedRun({recipe});
  await writeRun(join(folder, "run"), run, {state, logits: null});
  const {stdout} = await command([join(folder, "run"), "--threads", "1", "--seeds", "2", "--restarts", "2", "--map"]);
  expect(stdout).toMatch(/300 training and 100 test images; noise\n +D +linear probe/);
  expect(stdout).toMatch(new RegExp(`\\n${run.name} +32 .*\\nrandom network +32 .*\\nraw pixels +3072 `));
  const {final, weights, epochs, probe} = parseRunRecord(JSON.parse(await readFile(join(folder, "run", "runs", `${run.name}.json`), "utf8"))); // prettier-ignore
  expect(final.testAccuracy).toBe(run.final.testAccuracy);
  const map = unpackMap(await readFile(join(folder, "run", "maps", `${run.name}.safetensors`)));
  expect([map.run, map.labels.length, map.neighbours.rows.length]).toEqual([run.name, 100, 800]);
  expect(map.weights).toBe(weights!.digest);
  expect(map.epochs.map(({epoch}) => epoch)).toEqual([epochs.at(-1)!.epoch]); // none were kept on the way
  expect([probe!.clusterings, probe!.restarts]).toEqual([2, 2]);
  expect(probe!.command).toMatch(/^npm run probe -- .* --seeds 2 --restarts 2 --map$/);
  for (const name of ["linearProbe", "knn", "knn10"]) expect(final[name] as number).toBeLessThan(0.35); // noise has no classes
  expect(Object.keys(final.kmeans)).toEqual(["accuracy", "nmi", "ari", "accuracyDeviation", "nmiDeviation", "ariDeviation"]); // prettier-ignore
  expect(Object.keys(final.linearProbeByLabels)).toEqual(["1", "10", "1Deviation", "10Deviation"]);
  expect((final.rawPixels as Record<string, number>).knn).toBeLessThan(0.35);
  expect((final.randomNetwork as Record<string, number>).linearProbe).toBeLessThan(0.35);
}, 120_000);

test("the map has a plane for each epoch that the run kept, the nearest rows, and clusters with their centres", async () => {
  const [train, test] = [blobs(1, {each: 40, noise: 0.1}), blobs(2, {each: 20, noise: 0.1})];
  const run = join(folder, "mapped");
  for (const epoch of [0, 5]) await keepFeatures(run, epoch, epoch ? test.features : normalRows(9, 60, 2));
  const made = await featureMap(
    {train, test, moved: test.features},
    {
      ...{
        of: {run: "mapped", weights: "def", lastEpoch: 5},
        folder: run,
        digest: "abc",
        products: plainProducts,
        say: () => {}
      },
      protocol: {classes: 3, restarts: 5}
    }
  );
  const map = unpackMap(packMap(made));
  expect([map.run, map.weights, map.digest, [...map.labels]]).toEqual([
    "mapped",
    "def",
    "abc",
    Array.from(test.labels)
  ]);
  expect(map.epochs.map(({epoch, points}) => [epoch, points.shape])).toEqual([[0, [60, 2]], [5, [60, 2]]]); // prettier-ignore
  const {rows, labels, count} = map.neighbours;
  expect(count).toBe(8);
  for (let i = 0; i < rows.length; ++i) {
    expect(labels[i]).toBe(train.labels[rows[i]]);
    expect(labels[i]).toBe(test.labels[Math.floor(i / count)]);
  }
  expect(clusteringAccuracy(map.clusters.of, map.labels).accuracy).toBe(1);
  map.clusters.central.forEach((row, i) => expect(map.clusters.of[row]).toBe(Math.floor(i / 16)));
  expect(() => unpackMap(writeSafetensors({tensors: new Map(), metadata: new Map()}))).toThrow("unpackMap: expected");
});

test("a folder without recorded weights is probed at its newest checkpoint", async () => {
  const task = resnetTask(config);
  const state = await toArrays(begin(task, 4));
  const spec = {module: "week2/resnetTask", config, seed: 1, epochs: 1, batch: 10, schedule: {kind: "constant" as const, rate: 0.1}}; // prettier-ignore
  const totals = {steps: 0, sums: {}};
  await writeCheckpoint(join(folder, "going"), {spec, step: 7, epoch: 0.5, tag: "stopped", totals, state}, {});
  const found = await probeSource(join(folder, "going"), () => {});
  expect([found.name, found.module, found.record]).toEqual(["going-step-7", "week2/resnetTask", null]);
  expect(digestOf(found.state)).toBe(digestOf(state));
  expect([...found.state.keys()].some((path) => path.startsWith("optimizer"))).toBe(false);
});

test("what cannot be probed says why", async () => {
  await expect(probeSource(join(folder, "nowhere"), () => {})).rejects.toThrow("probe: expected weights or a run's folder, got nothing at"); // prettier-ignore
  await expect(probeSource(join(folder, "data"), () => {})).rejects.toThrow("expected weights or a checkpoint in");
  await writeFile(join(folder, "broken.safetensors"), "x");
  await expect(command([join(folder, "going"), "--map"])).rejects.toMatchObject({stderr: expect.stringContaining("recorded run's weights with --map")}); // prettier-ignore
  await expect(command([join(folder, "broken.safetensors")])).rejects.toMatchObject({code: 1});
});
