import {mkdtemp, readFile, readdir, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {monitor} from "../../../headless/run/monitor.js";
import {rng} from "../../../src/components/math/random.js";
import {readSafetensors} from "../../../src/components/train/safetensors.js";
import type {Batch} from "../../../src/components/train/task.js";
import {noiseRecords} from "../../data/noiseRecords.js";

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "monitor-"))));
afterEach(() => rm(folder, {recursive: true}));

/** 2,400 records that know their label only by their row: the view hands the rows to the features. */
const count = 2400;
const labels = Uint8Array.from({length: count}, (_, i) => (i * 7) % 3);
const records = {...noiseRecords, count, labels};
const view = (_: unknown, rows: Uint32Array, size: number): Batch => ({
  rows: {data: Float32Array.from({length: size}, (_, i) => rows[i] ?? -1), shape: [size]}
});

const measured = (feature: (row: number) => number[], proceed = async () => true) => {
  const predict = async ({rows: {data}}: Batch) => {
    const made = Array.from(data, feature);
    return {data: Float32Array.from(made.flat()), shape: [made.length, made[0].length]};
  };
  return monitor({...{view, folder, data: {train: records, test: records}}, engine: {predict}, batch: 250})(5, proceed);
};

const ofClass = (row: number) => [0, 1, 2].map((k) => (labels[row] === k ? 1 : 0));

test("features that are the class are all told right, and the first thousand are kept by epoch", async () => {
  expect(await measured(ofClass)).toEqual({knn: 1});
  expect(await readdir(join(folder, "features"))).toEqual(["epoch-0005.safetensors"]);
  const {tensors} = readSafetensors(await readFile(join(folder, "features", "epoch-0005.safetensors")));
  const {data, shape} = tensors.get("features")!;
  expect(shape).toEqual([1000, 3]);
  expect([...(data as Float32Array)]).toEqual(Array.from({length: 1000}, (_, row) => ofClass(row)).flat());
});

test("features that are noise tell hardly more than chance", async () => {
  const noise = rng(3).normal(3 * count);
  const {knn} = (await measured((row) => [...noise.subarray(3 * row, 3 * row + 3)]))!;
  expect(knn).toBeGreaterThan(0.28);
  expect(knn).toBeLessThan(0.5); // each record is among its own neighbours
});

test("given up, it measures and keeps nothing", async () => {
  let asked = 0;
  expect(await measured(ofClass, async () => ++asked < 2)).toBeNull();
  expect(asked).toBe(2);
  expect(await readdir(folder)).toEqual([]);
});

test("features that are no vectors are refused", async () => {
  const predict = async () => ({data: new Float32Array(250), shape: [250]});
  const broken = monitor({...{view, folder, data: {train: records, test: records}}, engine: {predict}, batch: 250});
  await expect(broken(1, async () => true)).rejects.toThrow("expected features (N, D) of the task, got (2000)");
});
