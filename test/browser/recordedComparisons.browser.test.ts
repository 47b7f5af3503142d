import {afterEach, expect, test} from "vitest";
import type {RunRecord} from "../../src/components/data/runRecord.js";
import {stepTime} from "../../src/week2/stepTime.js";
import {recordedRun} from "../data/recordedRun.js";
import {offering, type Files} from "./recordings.js";
import {failures, visit, type Visit} from "./visit.js";

let visited: Visit | undefined;
afterEach(() => visited?.close());

/** An invented run: its accuracy rises to that of its end, a test image more with each seed. */
function run(name: string, config: Record<string, unknown>, {rate = 0.1, seed = 1, accuracy = 0.8, held = false} = {}) {
  const {recipe, data, epochs} = recordedRun();
  const last = accuracy + seed / 1000;
  return recordedRun({
    ...{name, seed},
    recipe: {...recipe, epochs: 2, stages: undefined, config: {data: "cifar10", ...config}, schedule: {kind: "cosine", rate}}, // prettier-ignore
    data: {...data, name: "cifar10", evaluated: {split: held ? "validation" : "test", count: 5000}},
    epochs: [0.5, 1].map((part, i) => ({...epochs[0], epoch: i + 1, imagesPerSecond: 640, test: {loss: 1, accuracy: part * last}})), // prettier-ignore
    final: {testAccuracy: last, testLoss: 0.6, trainUnaugmented: {loss: 0.5, accuracy: 0.8, images: 10_000}},
    weights: null
  });
}

const files = (records: RunRecord[]): Files =>
  new Map(records.map((record) => [`runs/${record.name}.json`, new TextEncoder().encode(JSON.stringify(record))]));

async function tableOf(path: string, heading: string, records: RunRecord[]): Promise<string[]> {
  visited = await visit(path, {prepare: offering(files(records))});
  const rows = visited.page.locator("table", {hasText: heading}).locator("tbody tr");
  await expect.poll(() => rows.count()).toBeGreaterThan(0);
  expect(await failures(visited.page)).toEqual([]);
  expect(visited.errors).toEqual([]);
  return rows.allInnerTexts();
}

const texts = (row: string) => row.split("\t").map((cell) => cell.replace(/\s+/g, " ").trim());

test("the optimizers stand beside SGD, seed by seed; an algorithm that was not run says so", async () => {
  const name = (algorithm: string, seed: number) => `optimizer-benchmarks-${algorithm}-seed-${seed}`;
  const rows = await tableOf("/week2/optimizer-benchmarks", "minus SGD-M", [
    ...[0.01, 0.03, 0.1, 0.3, 1].map((rate) =>
      run(`optimizer-benchmarks-sgd-rate-${rate}`, {algorithm: "sgd"}, {rate, held: true, accuracy: rate === 0.3 ? 0.7 : 0.6})
    ),
    ...[1, 2].map((seed) => run(name("sgd", seed), {algorithm: "sgd"}, {seed})),
    ...[2, 3].map((seed) => run(name("sam", seed), {algorithm: "sam"}, {seed, accuracy: 0.82}))
  ]); // prettier-ignore
  const minutes = (2 * 390 * stepTime("optimizer-benchmarks", ["config.algorithm=sgd"])) / 60_000;
  expect(texts(rows[0])).toEqual(["SGD-M, rate 0.3, 2 seeds", "80.15 ± 0.07", "", "0.500 ± 0.000", "0.100 ± 0.000", "–", `2.0 ± 0.0 ${minutes.toFixed(0)} min`]); // prettier-ignore
  expect(texts(rows[2])).toEqual(["Adam, 0 of 6 rates tried, not run", ...Array<string>(6).fill("–")]);
  expect(texts(rows[4]).slice(0, 3)).toEqual(["SAM, 0 of 5 rates tried, 2 seeds", "82.25 ± 0.07", "2.00"]);
  await expect.poll(() => visited!.page.getByRole("img", {name: /held-out accuracy \(%\) over learning rate/}).count()).toBe(1); // prettier-ignore
  await expect.poll(() => visited!.page.getByRole("img", {name: /test accuracy \(%\) over epoch.*SGD-M.*SAM/}).count()).toBe(1); // prettier-ignore
});

test("the networks stand beside ResNet, seed by seed, with what they cost", async () => {
  const name = (network: string, seed: number) => `cnn-architectures-${network}-seed-${seed}`;
  const rows = await tableOf("/week2/cnn-architectures", "minus ResNet", [
    ...[1, 2].map((seed) => run(name("resnet", seed), {network: "resnet", width: 16}, {seed})),
    run(name("convnext", 2), {network: "convnext", width: 48}, {seed: 2, accuracy: 0.78})
  ]);
  expect(texts(rows[0])).toEqual(["ResNet-18, width 16, 2 seeds", "35.0", "701,466", "80.15 ± 0.07", "", "0.500 ± 0.000", "0.100 ± 0.000", stepTime("cnn-architectures").toFixed(0)]); // prettier-ignore
  expect(texts(rows[1]).slice(0, 4)).toEqual(["EfficientNet-B0, width 16, not run", "35.8", "1,077,932", "–"]);
  expect(texts(rows[2]).slice(3, 5)).toEqual(["78.20", "−2.00"]);
  expect(await visited!.page.getByText("None of these runs has been made yet").count()).toBe(0);
});
