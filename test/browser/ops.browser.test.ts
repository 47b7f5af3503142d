import {fileURLToPath} from "node:url";
import {describe, expect, test} from "vitest";
import {inWorker} from "../../tools/bench/inWorker.js";
import {cases, tiledCases} from "../ops/cases.js";
import type {OpsResult} from "./ops.worker.js";

const entry = fileURLToPath(new URL("ops.worker.ts", import.meta.url));
// SwiftShader compiles a tile of shared memory for seconds to set it to 0, number by number, which no kernel of ours needs.
const flags = ["--enable-dawn-features=disable_workgroup_init"];
const run = (backend: string) => inWorker<OpsResult>(entry, backend, () => undefined, flags);

/** Values and gradients are cpu's, to 1e-5 of the largest number. */
function expectSameNumbers(distances: OpsResult["distances"], names = Object.keys(cases)): void {
  expect(Object.keys(distances)).toEqual(names);
  expect(Object.entries(distances).filter(([, far]) => !far.every((d) => d < 1e-5))).toEqual([]); // NaN too
}

test("on WebGPU in software, asked for by name, every op has cpu's values and gradients", async () => {
  const result = await run("webgpu");
  expect(result.report.name).toBe("webgpu");
  expect(result.report.reason).toMatch(
    /^webgpu: as asked, on the software adapter .*, which is slow; .*float32.*emulated$/
  );
  expectSameNumbers(result.distances);
  expect(Object.keys(result.tiled)).toEqual(["tiles of 32", "tiles of 64"]);
  for (const distances of Object.values(result.tiled)) expectSameNumbers(distances, tiledCases);
  expect(result.leaked).toBe(0);
}, 600_000); // hundreds of shaders, compiled and run on a processor

describe("in a cross-origin isolated worker", () => {
  test("automatic passes software WebGPU over for wasm, which runs a thread on each core", async () => {
    const result = await run("auto");
    const [before, after] = result.cores;
    expect(result.report).toMatchObject({name: "wasm", isolated: true, threads: Math.min(before, 8)});
    const threads = before > 1 ? `${result.report.threads} threads` : "1 thread";
    expect(result.report.reason).toMatch(/^wasm: this browser offers WebGPU only in software \(.*swiftshader.*\); /);
    expect(result.report.reason.endsWith(threads)).toBe(true);
    expect(after).toBe(before);
    expectSameNumbers(result.distances);
    expect(result.leaked).toBe(0);
  });
});
