import {describe, expect, test} from "vitest";
import type {FeatureMap} from "../../src/components/evaluate/featureMap.js";
import {classCurve, clusterings, knnCurve, labelCurve, measured, metricCurve} from "../../src/week3/recordedViews.js";
import {imagesAt} from "../../src/week3/lookAt.js";
import {recordedView} from "../../src/week3/mapViews.js";
import {ablation} from "../../src/week3/dino/ablation.js";
import {validated} from "../../src/week3/dinoConfig.js";
import {collapses, depths, sweep} from "../../src/week3/simclr/heads.js";
import {validated as simclrConfig} from "../../src/week3/simclrTask.js";
import {validated as simsiamConfig} from "../../src/week3/simsiamTask.js";
import {scenes} from "../../src/components/data/scenes.js";
import {recordedRun} from "../data/recordedRun.js";

/** A record of the right form with invented numbers, as a run of self-supervised learning and its probe leave it. */
const record = recordedRun({
  name: "dino-seed-1",
  epochs: [
    {epoch: 1, train: {loss: 5, entropy: 3}, test: {}, rate: 0.1, imagesPerSecond: 1, seconds: 1},
    {epoch: 2, train: {loss: 4, entropy: 2}, test: {loss: 4, knn: 0.4}, rate: 0, imagesPerSecond: 1, seconds: 1}
  ],
  final: {
    linearProbe: 0.7,
    knn: 0.6,
    linearProbeByLabels: {"100": 0.5, "1": 0.2, "1Deviation": 0.03, "100Deviation": 0.01},
    kmeans: {accuracy: 0.4, nmi: 0.3, ari: 0.2, accuracyDeviation: 0.01, nmiDeviation: 0.02, ariDeviation: 0.03},
    rawPixels: {linearProbe: 0.4, knn: 0.35, kmeansAccuracy: 0.22, kmeansNmi: 0.08, kmeansAri: 0.04}
  }
});

describe("a recorded run", () => {
  test("gives curves of the epochs that were measured, and none of what was not", () => {
    expect(knnCurve(record)).toEqual([[2, 40]]);
    expect(metricCurve(record, "train", "entropy")).toEqual([[1, 3], [2, 2]]); // prettier-ignore
    expect(metricCurve(record, "test", "matched")).toEqual([]);
  });

  test("gives the probe by labels in their order, with deviations", () => {
    expect(labelCurve(record)).toEqual([
      {labels: 1, percent: 20, deviation: 3},
      {labels: 100, percent: 50, deviation: 1}
    ]);
    expect(labelCurve({final: {}})).toEqual([]);
    expect(classCurve({final: {linearProbeByClass: {"1": 0.25, "0": 0.5}}})).toEqual([50, 25]);
    expect(classCurve(record)).toEqual([]);
  });

  test("stands in the tables beside the baselines that it has, and claims none that it has not", () => {
    expect(measured(record)).toEqual([
      {name: "recorded run", linear: 0.7, knn: 0.6},
      {name: "raw pixels", linear: 0.4, knn: 0.35}
    ]);
    expect(measured({final: {}})).toEqual([]);
    expect(clusterings(record)).toEqual([
      {name: "DINO", accuracy: "40.00 ± 1.00", nmi: "30.00 ± 2.00", ari: "20.00 ± 3.00"},
      {name: "raw pixels, Euclidean", accuracy: "22.00", nmi: "8.00", ari: "4.00"}
    ]);
    const other = {name: "SimCLR", final: {kmeans: {accuracy: 0.5, nmi: 0.4, ari: 0.3}}};
    expect(clusterings({final: {}}, [other, {name: "not measured", final: {}}])).toEqual([
      {name: "SimCLR", accuracy: "50.00", nmi: "40.00", ari: "30.00"}
    ]);
  });

  test("names the neighbours of a record, and shows them where the data is the same", async () => {
    const map: FeatureMap = {
      ...{run: "dino-seed-1", weights: "cd", digest: "ab", labels: Uint8Array.of(3, 5, 7)},
      epochs: [{epoch: 10, points: {data: Float32Array.of(0, 0, 1, 1), shape: [2, 2]}}],
      neighbours: {rows: Int32Array.of(4, 9, 2, 1), labels: Uint8Array.of(3, 3, 5, 0), count: 2},
      clusters: {of: Uint8Array.of(0, 1, 1), central: Int32Array.of(0, 1), count: 2}
    };
    const plain = recordedView(map, null);
    expect(plain.labels).toEqual(Uint8Array.of(3, 5));
    expect(plain.near(1)).toEqual({classes: [5, 0], images: null});
    expect(plain.maps.map(({epoch}) => epoch)).toEqual([10]);
    const asked: unknown[] = [];
    const compute = {
      records: (query: {split: string; rows?: ArrayLike<number>}) => {
        asked.push([query.split, Array.from(query.rows ?? [])]);
        return Promise.resolve(scenes({seed: 0, count: query.rows?.length ?? 0}));
      }
    };
    const images = await recordedView(map, {compute, module: "m", config: {}}).near(1).images;
    expect(asked).toEqual([["test", [1]], ["train", [2, 1]]]); // prettier-ignore
    expect(images).toHaveLength(3 * 32 * 32 * 3);
  });
});

test("images are taken by their rows", () => {
  const records = scenes({seed: 0, count: 3});
  expect(imagesAt(records, [2, 0])).toEqual(
    new Uint8Array([...records.images.subarray(2 * 3072), ...records.images.subarray(0, 3072)])
  );
});

test("runs that are compared differ in one thing alone, and are configurations of their tasks", () => {
  const rest = (runs: Record<string, {config: object}>, own: string[]) =>
    Object.values(runs).map(({config}) =>
      JSON.stringify(Object.entries(config).filter(([name]) => !own.includes(name)))
    );
  for (const [runs, own] of [
    [sweep("m"), ["temperature"]],
    [depths("m"), ["head"]],
    [collapses("m"), ["stop", "predictor"]]
  ] as const) {
    expect(new Set(rest(runs, [...own])).size).toBe(1);
    expect(new Set(Object.values(runs).map(({config}) => JSON.stringify(config))).size).toBe(3);
  }
  for (const {config} of [...Object.values(sweep("m")), ...Object.values(depths("m"))]) simclrConfig(config);
  for (const {config} of Object.values(collapses("m"))) simsiamConfig(config);
});

test("the ablation's test images are whole batches, of which each can tell as much as the prototypes", () => {
  for (const {batch, config} of Object.values(ablation("m"))) {
    expect(Number(config.testImages) % batch).toBe(0);
    expect(batch).toBeGreaterThanOrEqual(Number(config.prototypes));
  }
});

test("the four runs of the ablation differ in centring and in the teacher's temperature alone", () => {
  const configs = Object.values(ablation("m")).map(({config}) => validated(config));
  const rest = configs.map((config) => ({
    ...config,
    centring: "on",
    firstTeacherTemperature: 0,
    teacherTemperature: 0
  }));
  for (const each of rest) expect(each).toEqual(rest[0]);
  const own = configs.map((config) => `${config.centring} ${config.teacherTemperature}`);
  expect(new Set(own).size).toBe(4);
});
