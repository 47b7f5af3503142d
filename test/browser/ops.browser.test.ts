import {fileURLToPath} from "node:url";
import {beforeAll, describe, expect, test} from "vitest";
import {inWorker} from "../../tools/bench/inWorker.js";
import type {OpsResult} from "./ops.worker.js";

const entry = fileURLToPath(new URL("ops.worker.ts", import.meta.url));
const run = (backend: string) => inWorker<OpsResult>(entry, backend, () => undefined);
let reference: OpsResult;

beforeAll(async () => {
  reference = await run("cpu");
  expect(reference.report.name).toBe("cpu");
});

/** The largest difference from cpu, in units of the case's largest number. */
function expectSameNumbers({numbers}: OpsResult): void {
  for (const [name, expected] of Object.entries(reference.numbers))
    expected.forEach((list, i) => {
      const largest = Math.max(...list.map(Math.abs));
      const off = Math.max(...list.map((v, k) => Math.abs(v - numbers[name][i][k])));
      expect(largest, name).toBeGreaterThan(0.1);
      expect(off / largest, `${name}, ${i ? `gradient ${i}` : "value"}`).toBeLessThan(1e-5);
    });
}

test("on WebGPU in software, asked for by name, every op has cpu's values and gradients", async () => {
  const result = await run("webgpu");
  expect(result.report.name).toBe("webgpu");
  expect(result.report.reason).toMatch(/^webgpu: as asked, on the software adapter .*, which is slow$/);
  expectSameNumbers(result);
  expect(result.leaked).toBe(0);
});

describe("in a cross-origin isolated worker", () => {
  test("automatic passes software WebGPU over for wasm, which runs a thread on each core", async () => {
    const result = await run("auto");
    const [before, after] = result.cores;
    expect(result.report).toMatchObject({name: "wasm", isolated: true, threads: Math.min(before, 8)});
    const threads = before > 1 ? `${result.report.threads} threads` : "1 thread";
    expect(result.report.reason).toMatch(/^wasm: this browser offers WebGPU only in software \(.*swiftshader.*\); /);
    expect(result.report.reason.endsWith(threads)).toBe(true);
    expect(after).toBe(before);
    expectSameNumbers(result);
    expect(result.leaked).toBe(0);
  });
});
