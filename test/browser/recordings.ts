import {createHash} from "node:crypto";
import type {BrowserContext} from "playwright-core";
import {CIFAR10_CLASSES} from "../../src/components/data/cifar10.js";
import type {RunRecord} from "../../src/components/data/runRecord.js";
import {accuracy, meanLoss} from "../../src/components/evaluate/metrics.js";
import {rng} from "../../src/components/math/random.js";
import {packLogits, packWeights} from "../../src/components/train/weights.js";
import {recordedRun} from "../data/recordedRun.js";

/** Files of a site's catalogue, by their names. */
export type Files = Map<string, Uint8Array>;

export const testImages = 400;

const digestOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** Invented runs of the ResNet page with their logits and weights: one for each width and seed. */
export function recordings(runs: {width: number; seed: number; skill: number}[], digest = "ef".repeat(32)): Files {
  const files: Files = new Map();
  for (const {width, seed, skill} of runs) {
    const name = `resnet-from-scratch${width === 64 ? "" : `-width-${width}`}-seed-${seed}`;
    const record = recordedRun();
    const {outputs, labels} = logitsOf(seed, skill);
    const logits = added(files, `weights/${name}-logits.safetensors`, packLogits({outputs, labels}));
    const {module, config} = record.recipe;
    const stem = {data: rng(seed).normal(27 * width, 0, 0.2), shape: [3, 3, 3, width]};
    const state = new Map([["params.conv1.weight", stem]]);
    const weights = added(files, `weights/${name}.safetensors`, packWeights({module, config, state}));
    const testAccuracy = accuracy(outputs, labels);
    added(files, `runs/${name}.json`, json({
      ...record,
      ...{name, seed, weights, logits, flops: 1.5e15 * (width / 64) ** 2, seconds: 7080 * (width / 64)},
      recipe: {...record.recipe, epochs: 9, config: {...config, width, images: 10, testImages}},
      data: {...record.data, name: "cifar10", digest, note: "JPEG re-encoding of CIFAR-10", evaluated: {split: "test", count: testImages}},
      final: {testAccuracy, testLoss: meanLoss(outputs, labels)},
      epochs: Array.from({length: 9}, (_, i) => ({
        epoch: i + 1,
        train: {loss: 2.1 - 0.17 * i, accuracy: 0.3 + 0.07 * i},
        test: (i % 2 ? {} : {loss: 1.9 - 0.16 * i, accuracy: testAccuracy - 0.06 * (8 - i)}) as Record<string, number>,
        ...{rate: 0.1 - 0.0125 * i, imagesPerSecond: 64, seconds: 780}
      }))
    } satisfies RunRecord)); // prettier-ignore
  }
  return files;
}

/** A CIFAR-10 of ten training and some test images, each of one grey, from an archive of the given digest. */
export function fewGreys(digest: string): Files {
  const files: Files = new Map();
  const shard = (name: string, count: number) => {
    const records = Uint8Array.from({length: count * 3073}, (_, i) => (i % 3073 ? Math.floor(i / 3073) % 256 : Math.floor(i / 3073) % 10));
    return {count, shards: [{name, count, ...sizeOf(added(files, `cifar10/${name}`, records))}]};
  }; // prettier-ignore
  const splits = {train: shard("train-00.bin", 10), test: shard("test-00.bin", testImages)};
  const form = {height: 32, width: 32, channels: 3, layout: "NHWC"};
  added(files, "cifar10/manifest.json", json({name: "cifar10", digest, official: false, note: "", classes: CIFAR10_CLASSES, ...form, splits})); // prettier-ignore
  return files;
}

/** Answers for the site as if its catalogue held these files, and no other recorded run or data. */
export const offering = (files: Files) => async (context: BrowserContext) => {
  await context.route("**/catalogue/index.json", async (route) => {
    const {entries} = (await (await route.fetch()).json()) as {entries: {name: string}[]};
    const others = entries.filter(({name}) => !/^(runs|weights|maps|cifar10)\//.test(name));
    const ours = [...files].map(([name, bytes]) => ({name, bytes: bytes.length, digest: digestOf(bytes)}));
    await route.fulfill({json: {entries: [...others, ...ours]}});
  });
  for (const [name, bytes] of files)
    await context.route(`**/catalogue/${name}`, (route) => route.fulfill({body: Buffer.from(bytes)}));
};

function added(files: Files, file: string, bytes: Uint8Array) {
  files.set(file, bytes);
  return {file, bytes: bytes.length, digest: digestOf(bytes)};
}

const sizeOf = ({bytes, digest}: {bytes: number; digest: string}) => ({bytes, digest});

/** Logits that lean towards the label by so much, in units of their noise. */
function logitsOf(seed: number, skill: number) {
  const labels = Uint8Array.from({length: testImages}, (_, i) => i % 10);
  const noise = rng(seed).normal(10 * testImages);
  const data = noise.map((z, i) => z + (i % 10 === labels[Math.floor(i / 10)] ? skill : 0));
  return {outputs: {data, shape: [testImages, 10]}, labels};
}
