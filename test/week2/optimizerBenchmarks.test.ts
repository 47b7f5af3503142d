import {readFileSync} from "node:fs";
import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import type {RunRecord} from "../../src/components/data/runRecord.js";
import type {Matrix} from "../../src/components/math/matrix.js";
import {rng} from "../../src/components/math/random.js";
import {sgd} from "../../src/components/optimizers/sgd.js";
import {entries} from "../../src/components/tensor/tree.js";
import type {Compute} from "../../src/components/train/compute.js";
import type {RunEvent, RunSpec} from "../../src/components/train/protocol.js";
import {judge, type Verify} from "../../src/components/ui/verify.js";
import {algorithms, decays, ratesTried, validated} from "../../src/week2/optimizerBenchmark/config.js";
import {race, resultOf, type Lane} from "../../src/week2/optimizerBenchmark/race.js";
import {lossBeside, rowsOf} from "../../src/week2/optimizerBenchmark/recorded.js";
import benchmarkTask from "../../src/week2/optimizerBenchmark/task.js";
import {answers, costOfSharedRate} from "../../src/week2/optimizerBenchmarksAnswers.js";
import {recordedRun} from "../data/recordedRun.js";
import "../gradients.js";

const small = {depth: 10, width: 1, images: 4, testImages: 4};
const batch = () => {
  const records = {images: Uint8Array.from(rng(1).integers(4 * 32 * 32 * 3, 256)), count: 4, labels: Uint8Array.of(0, 1, 2, 3), height: 32, width: 32, channels: 3}; // prettier-ignore
  const made = benchmarkTask(small).sample(rng(2), records as never, Uint32Array.of(0, 1, 2, 3));
  return Object.fromEntries(
    Object.entries(made).map(([name, {data, shape}]) => [name, tf.tensor(data, shape, data instanceof Int32Array ? "int32" : "float32")]) // prettier-ignore
  );
};

test("all algorithms begin at the same weights and see the same batch; each takes another step", () => {
  const given = batch();
  const after = algorithms.map((algorithm) => {
    const task = benchmarkTask({...small, algorithm});
    const state = task.init(rng(3)) as {params: never};
    const start = new Map(entries(state.params).map(([path, leaf]) => [path, Array.from(leaf.dataSync())]));
    const [next] = task.step(state as never, given as never, tf.scalar(0.01)) as unknown as [{params: never}];
    const weight = entries(next.params).find(([path]) => path === "layer1.0.conv1.weight")![1];
    return {start: start.get("layer1.0.conv1.weight")!, end: Array.from(weight.dataSync())};
  });
  for (const {start} of after) expect(start).toEqual(after[0].start);
  expect(new Set(after.map(({end}) => end.join())).size).toBe(algorithms.length);
});

test("an optimizer that a cell gives takes the place of the algorithm", () => {
  const own = sgd();
  const task = benchmarkTask({...small, algorithm: "adam", optimizer: own as never});
  expect(Object.keys((task.init(rng(1)) as unknown as {optimizer: object}).optimizer)).toEqual(["velocity"]);
});

test("each algorithm has at least five rates, rising, and a decay of its own", () => {
  for (const algorithm of algorithms) {
    const rates = ratesTried[algorithm];
    expect(rates.length).toBeGreaterThanOrEqual(5);
    expect(rates).toEqual(rates.toSorted((a, b) => a - b));
    expect(validated({algorithm}).decay).toBe(decays[algorithm]);
  }
  expect(validated({algorithm: "adam", decay: 0.2}).decay).toBe(0.2);
  expect(() => validated({algorithm: "lion" as never})).toThrow(
    "expected algorithm sgd or rmsprop or adam or adamw or sam"
  );
  expect(() => validated({rho: 0})).toThrow("optimizerBenchmark: expected rho a number 0.0001 … 1, got 0");
});

test("a race runs its entrants one after the other with their own rates, and forgets their checkpoints", async () => {
  const asked: RunSpec[] = [];
  const forgotten: string[] = [];
  const compute = {
    train(spec: RunSpec, on: (event: RunEvent) => void) {
      asked.push(spec);
      const end = {type: "done", key: `key ${asked.length}`} as RunEvent;
      on(end);
      return {stop: () => {}, finished: Promise.resolve(end)};
    },
    forget: (key: string) => Promise.resolve(void forgotten.push(key))
  } as unknown as Pick<Compute, "train" | "forget">;
  const entrants = [0.1, 0.2].map((rate, i) => ({name: `${rate}`, rate, config: {algorithm: algorithms[i]}}));
  let last: Lane[] = [];
  for await (const lanes of race(compute, {module: "m", seed: 1, epochs: 2, batch: 5, config: {width: 8}}, entrants)) last = lanes; // prettier-ignore
  expect(last.map(({state}) => state)).toEqual(["done", "done"]);
  expect(asked.map(({schedule, config, seed}) => [schedule.rate, config, seed])).toEqual([
    [0.1, {width: 8, algorithm: "sgd"}, 1],
    [0.2, {width: 8, algorithm: "rmsprop"}, 1]
  ]);
  expect(forgotten).toEqual(["key 1", "key 2"]);
});

test("a lane's result is its last epoch, and the time until the accuracy was first reached", () => {
  const epoch = (accuracy: number, seconds: number) => ({train: {loss: 1, accuracy: 0}, test: {loss: 1.5, accuracy}, seconds}) as never; // prettier-ignore
  expect(resultOf({epochs: [epoch(0.3, 2), epoch(0.7, 3), epoch(0.6, 4)]}, 0.6)).toEqual({
    trainLoss: 1,
    accuracy: 0.6,
    gap: 0.5,
    secondsToAccuracy: 5,
    secondsAnEpoch: 3
  });
  expect(resultOf({epochs: []}, 0.6).accuracy).toBeNaN();
  expect(resultOf({epochs: [epoch(0.3, 2)]}, 0.6).secondsToAccuracy).toBeNaN();
});

const recorded = (seed: number, rate: number, split: "test" | "validation") => {
  const {recipe, data, epochs} = recordedRun();
  return recordedRun({
    ...{seed, recipe: {...recipe, config: {data: "cifar10", algorithm: "adam"}, schedule: {kind: "cosine", rate}}},
    data: {...data, evaluated: {split, count: 5000}},
    epochs: [{...epochs[0], test: {loss: 1.3, accuracy: rate === 0.001 ? 0.7 : 0.6}}]
  });
};

test("recorded trials on held-out images choose and do not count; runs on test images count and do not choose", () => {
  expect(rowsOf([]).map(({tried, runs}) => [tried, runs])).toEqual(Array(5).fill([[], []]));
  const row = rowsOf([recorded(1, 0.01, "validation"), recorded(1, 0.001, "validation"), recorded(2, 0.001, "test"), recorded(1, 0.001, "test")])[2]; // prettier-ignore
  expect(row.tried.map(({rate}) => rate)).toEqual([0.001, 0.01]);
  expect(row.runs.map(({seed}) => seed)).toEqual([1, 2]);
});

test("a rate beside the best is found although powers of √10 are rounded, and only if it was tried", () => {
  const tried = [0.1, 0.3, 0.03, 0.01].map((rate, i) => ({rate, accuracy: 0.7 - i / 100}));
  const losses = [3, 1 / 3, 0.1, 10].map((factor) => lossBeside(tried, factor));
  expect(losses).toEqual([[expect.closeTo(0.01)], [expect.closeTo(0.02)], [expect.closeTo(0.03)], []]);
  expect(lossBeside([], 3)).toEqual([]);
});

test("the answers are what drawing, running and counting give", () => {
  const right = (id: string, value: number) => expect(judge(answers[id] as Exclude<Verify, {kind: "code"}>, String(value)).passed, id).toBe(true); // prettier-ignore
  const draws = rng(5).normal(500_000, 0, 0.4);
  let best = 0;
  for (let i = 0; i < 100_000; ++i) best += Math.max(...draws.subarray(5 * i, 5 * i + 5)) / 100_000;
  right("ex-lucky", best);
  let weight = 1;
  for (let step = 0; step < 1000; ++step) weight -= 0.003 * 0.05 * weight;
  right("ex-shrink", weight);
  let [error, products] = [1, 0];
  while (error > 1e-4) [error, products] = [error * 0.81, products + 1];
  right("ex-products", products);
  right("ex-rate", 0.05);
  const {optimizer} = benchmarkTask({...small, algorithm: "adamw"}).init(rng(1)) as unknown as {optimizer: object};
  right("ex-memory", Object.keys(optimizer).filter((name) => name === "m" || name === "v").length);
  const solution = new Function("theta", "v", "const gradient = (x) => x.map((value, i) => (i + 1) * value ** 3); const h = 1e-5; const at = (s) => gradient(theta.map((t, i) => t + s * h * v[i])); const [a, b] = [at(1), at(-1)]; return a.map((g, i) => (g - b[i]) / (2 * h));"); // prettier-ignore
  const {cases} = answers["ex-hvp"] as Extract<Verify, {kind: "code"}>;
  for (const {args, expected, within} of cases) {
    const got = (solution as (...args: unknown[]) => number[])(...args);
    got.forEach((value, i) => expect(Math.abs(value - (expected as number[])[i])).toBeLessThan(within!));
  }
});

test("one rate for all costs SGD what its records say, and more than the algorithms differ by at their own", () => {
  const accuracyOf = (algorithm: string, rate: number) => {
    const path = `src/data/runs/optimizer-benchmarks-${algorithm}-rate-${rate}.json`;
    const {epochs} = JSON.parse(readFileSync(path, "utf8")) as RunRecord;
    return 100 * epochs.at(-1)!.test.accuracy;
  };
  expect(accuracyOf("sgd", 0.1) - accuracyOf("sgd", 0.01)).toBeCloseTo(costOfSharedRate, 1);
  const best = algorithms.map((algorithm) => Math.max(...ratesTried[algorithm].map((rate) => accuracyOf(algorithm, rate)))); // prettier-ignore
  expect(costOfSharedRate / (Math.max(...best) - Math.min(...best))).toBeCloseTo(6, 0);
});

test("Newton and Schulz's iteration comes to the orthogonal factor that the exercise expects", () => {
  const product = (A: Matrix, B: Matrix) => A.map((row) => B[0].map((_, j) => row.reduce((sum, a, k) => sum + a * B[k][j], 0))); // prettier-ignore
  const turned = (A: Matrix) => A[0].map((_, j) => A.map((row) => row[j]));
  const {cases} = answers["ex-muon"] as Extract<Verify, {kind: "code"}>;
  for (const {args, expected} of cases) {
    const G = args[0] as Matrix;
    let X = G.map((row) => row.map((g) => g / Math.hypot(...G.flat())));
    for (let n = 0; n < 40; ++n) {
      const cube = product(product(X, turned(X)), X);
      X = X.map((row, i) => row.map((x, j) => 1.5 * x - 0.5 * cube[i][j]));
    }
    expect(X.flat()).toEqual((expected as Matrix).flat().map((value) => expect.closeTo(value, 9)));
    const overlap = product(turned(X), G).flat(); // XᵀG = V Σ Vᵀ is symmetric
    expect(overlap).toEqual(turned(product(turned(X), G)).flat().map((value) => expect.closeTo(value, 9))); // prettier-ignore
  }
});
