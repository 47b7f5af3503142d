import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {kernelNote} from "../../src/components/ops/backend.js";
import {defineOp} from "../../src/components/ops/op.js";
import {misfit} from "../../src/components/ops/webgpu/backend.js";
import {descriptorFor} from "../../src/components/ops/webgpu/ownDevice.js";
import {spread, textOf, type Shader} from "../../src/components/ops/webgpu/shader.js";
import {value} from "../gradients.js";
import {cases, distance} from "./cases.js";

const method = () => undefined;
const backend = {
  ...Object.fromEntries(
    ["uploadToGPU", "ensureCommandEncoderReady", "endComputePassEncoder", "submitQueue", "makeTensorInfo", "checkCompileCompletionAsync"].map((name) => [name, method]) // prettier-ignore
  ),
  ...{device: {}, tensorMap: {}, bufferManager: {}, pipelineCache: {}, commandQueueOwnedIds: {}},
  ...{commandEncoder: null, computePassEncoder: null, dispatchCountInPass: 0}
};

test("a backend with every private field that our kernels touch, of the tfjs they were written for, takes them", () => {
  expect(misfit(backend)).toBe(null);
  expect(kernelNote(null)).toBe("");
});

test("another tfjs, or a missing field, leaves the plain kernels and says why", () => {
  expect(misfit(backend, "4.23.0")).toBe("tfjs is 4.23.0, and our WebGPU kernels are written for 4.22.0");
  const {tensorMap: _, submitQueue: __, ...rest} = backend as Record<string, unknown>;
  expect(misfit(rest)).toBe("tfjs's WebGPU backend has no submitQueue, tensorMap");
  expect(kernelNote(misfit(rest))).toBe("; the plain kernels of tfjs run, because tfjs's WebGPU backend has no submitQueue, tensorMap"); // prettier-ignore
});

test("where the kernels do not fit, a webgpu variant gives way to the plain composition; so does one that gives null", async () => {
  const op = defineOp({
    name: "TestGivesWay",
    plain: ({x}: {x: tf.Tensor}) => tf.add(x, 1),
    variants: {webgpu: ({x}) => tf.add(x, 2), wasm: () => null}
  });
  const run = (name: string) =>
    tf.getKernel("DlmTestGivesWay", name).kernelFunc({inputs: {x: tf.scalar(0)}, attrs: {}, backend: {}}) as tf.Tensor;
  expect(["webgpu", "wasm"].map((name) => value(run(name)))).toEqual([1, 1]); // the current backend is cpu, which has no such fields
  expect(value(op({x: tf.scalar(0)}, {}))).toBe(1);
});

test("workgroups are spread over two axes that every device grants, none left out and less than a row too many", () => {
  for (const groups of [1, 2, 65_535, 65_536, 65_537, 131_071, 1_000_003, 65_535 * 65_535]) {
    const [columns, rows] = spread(groups);
    expect(Math.max(columns, rows)).toBeLessThanOrEqual(65_535);
    expect(columns * rows).toBeGreaterThanOrEqual(groups);
    expect(columns * rows - groups).toBeLessThan(columns);
  }
});

test("a shader leaves the workgroups that are too many, and only then asks", () => {
  const shader: Shader<{n: number}> = {
    name: "test",
    size: 64,
    bindings: () => [{name: "y", type: "f32"}],
    body: () => ""
  };
  expect(textOf(shader, {n: 1}, 65_536)).not.toContain("return"); // 2 × 32,768
  expect(textOf(shader, {n: 1}, 65_537)).toContain("if (group >= 65537) { return; }");
  expect(textOf(shader, {n: 1}, 65_537)).toContain("place.y * 32769u");
});

test("a distance is relative to the largest number, and NaN is far", () => {
  expect(distance(Float32Array.of(1, 2), Float32Array.of(1, 4))).toBe(0.5);
  expect(distance(Float32Array.of(NaN, 4), Float32Array.of(1, 4)) < 1e-5).toBe(false);
  expect(Object.keys(cases).length).toBeGreaterThan(40);
});

test("of an adapter is asked what it has: no feature it lacks, all of the limits it can give, no half precision", () => {
  const limits = {maxBufferSize: 5, maxStorageBuffersPerShaderStage: 10, maxTextureDimension2D: 7} as never;
  const {requiredFeatures, requiredLimits} = descriptorFor({
    features: new Set(["subgroups", "shader-f16", "depth-clip-control"]) as never,
    limits
  });
  expect(requiredFeatures).toEqual(["subgroups"]);
  expect(requiredLimits).toMatchObject({maxBufferSize: 5, maxStorageBuffersPerShaderStage: 10});
  expect(requiredLimits).not.toHaveProperty("maxTextureDimension2D");
});
