import {execFile} from "node:child_process";
import {existsSync, realpathSync} from "node:fs";
import {dirname, join} from "node:path";
import {promisify} from "node:util";
import * as tf from "@tensorflow/tfjs";
import {beforeAll, expect, test} from "vitest";
import {openEngine, type Backend} from "../../../headless/engines/open.js";
import type {Numbers} from "../../../src/components/train/protocol.js";
import type {Block} from "../../../src/components/train/task.js";
import {upload} from "../../../src/components/train/arrays.js";
import {findChromium} from "../../../tools/browser.js";
import {apart, batchOf, residual, start} from "./residual.js";

type Said = {name: string; flops: object; notices: string[]; metrics: Numbers[]; leaves: [string, number[]][]};

/** What steps.ts says, in a process of its own. */
async function said(words: string[], {before = [] as string[], env = {}} = {}): Promise<Said & {error?: string}> {
  const file = "test/headless/engines/steps.ts";
  const {stdout} = await promisify(execFile)(process.execPath, ["--import", "tsx", ...before, file, ...words], {
    env: {...process.env, ...env},
    maxBuffer: 2 ** 26
  });
  return JSON.parse(stdout) as Said;
}

/** Asserts that three steps were those of the cpu backend. */
function expectSteps({metrics, leaves}: Said, tolerance: number): void {
  let state = start();
  for (const step of [0, 1, 2]) {
    const [next, {loss}] = residual.step(state, upload(batchOf(step, {size: 16, records: 4})), tf.scalar(1e-3));
    expect(metrics[step].loss).toBeCloseTo(loss.dataSync()[0], 4);
    state = next;
  }
  const arrays = leaves.map(([path, values]): [string, Block] => [path, {data: Float32Array.from(values), shape: []}]);
  expect(apart(new Map(arrays), state)).toBeLessThan(tolerance);
}

beforeAll(async () => {
  await tf.setBackend("cpu");
});

test("the engine is onnxruntime's unless another is asked for, and says nothing", async () => {
  const made = await said([]);
  expect(made.name).toMatch(/^onnxruntime \d+\.\d+\.\d+, \d+ threads?$/);
  expect(made.notices).toEqual([]);
  expectSteps(made, 1e-5);
}, 60_000);

/** Node's words for a process in which a package cannot be loaded, for the given reason. */
function without(name: string, reason: string): string[] {
  const url = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
  const hooks = `export async function resolve(specifier, context, next) {
    if (specifier === ${JSON.stringify(name)}) throw new Error(${JSON.stringify(reason)});
    return next(specifier, context);
  }`;
  return ["--import", url(`import {register} from "node:module"; register(${JSON.stringify(url(hooks))});`)];
}

test("where onnxruntime cannot be loaded wasm takes its place, and one sentence says so", async () => {
  const made = await said([], {
    before: without("onnxruntime-node", "libonnxruntime.so.1: cannot open\nRequire stack:")
  });
  expect(made.notices).toEqual([
    "onnxruntime-node cannot be loaded here (libonnxruntime.so.1: cannot open): training on wasm, which is slower."
  ]);
  expect(made.name).toBe("tfjs 4.22.0, wasm, 1 thread");
  expectSteps(made, 1e-5);
}, 60_000);

test("asking for WebGPU without its package is an error of one sentence", async () => {
  const {error} = await said(["webgpu"], {before: without("webgpu", "Cannot find package 'webgpu'\nimported from x")});
  expect(error).toBe(
    "openDawn: expected WebGPU for the backend webgpu, got no package webgpu, which npm install adds " +
      "(Cannot find package 'webgpu')"
  );
}, 60_000);

test.runIf(process.platform === "linux")(
  "so it is without an adapter",
  async () => {
    const none = {VK_ICD_FILENAMES: "/nowhere.json", VK_DRIVER_FILES: "/nowhere.json"}; // no Vulkan driver
    const {error} = await said(["webgpu"], {env: none});
    expect(error).toBe(
      "openDawn: expected WebGPU for the backend webgpu, got no adapter: this machine has no GPU, or no driver for it"
    );
  },
  60_000
);

// Chromium brings a Vulkan driver that computes on the processor, and the loader for it.
const driver = "vk_swiftshader_icd.json";
const chromium = [dirname(realpathSync(findChromium() ?? process.execPath)), "/usr/lib/chromium"].find((folder) =>
  existsSync(join(folder, driver))
);

test.runIf(process.platform === "linux" && chromium)(
  "on WebGPU three steps are those of the cpu backend",
  async () => {
    const made = await said(["webgpu"], {env: {LD_LIBRARY_PATH: chromium, VK_ICD_FILENAMES: join(chromium!, driver)}});
    expect(made.name).toMatch(/^tfjs 4\.22\.0, WebGPU on .*SwiftShader.*, in software$/);
    expectSteps(made, 1e-4);
  },
  180_000
);

test("another backend is refused by name", async () => {
  await expect(openEngine(residual, start(), {backend: "cuda" as Backend})).rejects.toThrow(
    "openEngine: expected native, wasm, webgpu, got cuda"
  );
});
