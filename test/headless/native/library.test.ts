import {readdirSync} from "node:fs";
import * as tf from "@tensorflow/tfjs";
import {afterAll, beforeAll, describe, expect, test, vi} from "vitest";
import {traceName} from "../../../headless/native/trace/backend.js";
import {table} from "../../../headless/native/trace/table.js";
import {blocksOf, graded} from "./library/example.js";
import {parts} from "./library/parts.js";
import {pieces} from "./library/pieces.js";
import {wholes} from "./library/wholes.js";
import {eager, native, relative} from "./traced.js";

const examples = [...parts, ...pieces, ...wholes];
const fileOf = (of: string) => /^[^ ,]+/.exec(of)![0];

// What has no kernel of its own: it chooses, draws, counts, declares or hands on, or it is a variant for another backend.
const without = /^(ops\/(op|update|backend|backendChoice|wasmHeap|\w+Wasm)|layers\/init|models\/(model|noHead|stages|mbPlan|ladderPlan|convnextSize)|optimizers\/(optimizer|schedule|decay))\.ts$/; // prettier-ignore

const run = new Set<string>();

beforeAll(async () => {
  await tf.setBackend("cpu");
  const {runKernel} = tf.engine();
  vi.spyOn(tf.engine(), "runKernel").mockImplementation((name, ...rest) => {
    if (tf.getBackend() === traceName) run.add(name);
    return runKernel.call(tf.engine(), name, ...rest);
  });
});

describe("recorded, every piece of the library has the values and gradients of the cpu backend", () => {
  test.each(examples)("$of", async (example) => {
    const blocks = blocksOf(example);
    expect(relative(await native(graded(example), blocks), eager(graded(example), blocks))).toBeLessThan(1e-5);
  });
});

test("no piece is left out: every op, layer, loss, model and optimizer has an example", () => {
  const files = ["ops", "layers", "losses", "models", "optimizers"].flatMap((folder) =>
    readdirSync(`src/components/${folder}`)
      .filter((name) => name.endsWith(".ts")) // ops/webgpu/ holds shaders, which nothing records
      .map((name) => `${folder}/${name}`)
  );
  const shown = new Set(examples.map(({of}) => fileOf(of)));
  expect(files.filter((file) => !without.test(file) && !shown.has(file))).toEqual([]);
  expect([...shown].filter((file) => !files.includes(file))).toEqual([]);
});

afterAll(() => {
  const own = tf.getKernelsForBackend(traceName).map(({kernelName}) => kernelName).filter((name) => /^Dlm/.test(name)); // prettier-ignore
  expect(own.length).toBeGreaterThan(10);
  expect(own.filter((name) => !run.has(name))).toEqual([]);
  // What is no op of ours stands in the table, whose kernels are all tested one by one in trace/.
  expect([...run].filter((name) => !/^Dlm/.test(name) && !(name in table))).toEqual([]);
});
