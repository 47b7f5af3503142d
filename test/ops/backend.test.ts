import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {useBackend} from "../../src/components/ops/backend.js";
import {
  adapterName,
  chooseBackend,
  isSoftware,
  type AdapterFacts,
  type BackendFacts
} from "../../src/components/ops/backendChoice.js";
import "../gradients.js";

const here: BackendFacts = {place: "this browser", webgpu: "hardware", adapter: "apple metal-3", wasm: "present"};
const sentence = (request: string, facts: Partial<BackendFacts> = {}) => {
  const {name, reason} = chooseBackend(request, {...here, ...facts});
  return `${name}: ${reason}`;
};

test("automatic is WebGPU on hardware, else wasm, else cpu, and says why", () => {
  expect(sentence("auto")).toBe("webgpu: on the adapter apple metal-3");
  expect(sentence("auto", {webgpu: "missing"})).toBe("wasm: this browser has no WebGPU");
  expect(sentence("auto", {webgpu: "failed"})).toBe("wasm: WebGPU did not start");
  expect(sentence("auto", {webgpu: "software", adapter: "google swiftshader"})).toBe(
    "wasm: this browser offers WebGPU only in software (google swiftshader)"
  );
  expect(sentence("auto", {webgpu: "missing", wasm: "missing"})).toBe(
    "cpu: this browser has no WebGPU and no WebAssembly"
  );
  expect(sentence("auto", {place: "Node", webgpu: "missing"})).toBe("wasm: Node has no WebGPU");
});

test("a request is met where it can be, software WebGPU too, and otherwise the sentence says so", () => {
  expect(sentence("cpu")).toBe("cpu: as asked");
  expect(sentence("wasm")).toBe("wasm: as asked");
  expect(sentence("webgpu")).toBe("webgpu: as asked, on the adapter apple metal-3");
  expect(sentence("webgpu", {webgpu: "software", adapter: "llvmpipe"})).toBe(
    "webgpu: as asked, on the software adapter llvmpipe, which is slow"
  );
  expect(sentence("webgpu", {webgpu: "missing"})).toBe("wasm: WebGPU was asked for, but this browser has no WebGPU");
  expect(sentence("wasm", {webgpu: "missing", wasm: "missing"})).toBe(
    "cpu: wasm was asked for, but this browser has no WebAssembly"
  );
  expect(sentence("wasm", {wasm: "failed"})).toBe("cpu: wasm was asked for, but WebAssembly did not start");
});

test("an unknown backend is named", async () => {
  const message = "useBackend: expected auto, webgpu, wasm, cpu, got tpu";
  expect(() => chooseBackend("tpu", here)).toThrow(new RangeError(message));
  await expect(useBackend("tpu" as never)).rejects.toThrow(message);
});

test.each<[AdapterFacts, boolean]>([
  [{info: {vendor: "google", architecture: "swiftshader"}}, true],
  [{info: {vendor: "mesa", description: "llvmpipe (LLVM 15.0.6, 256 bits)"}}, true],
  [{info: {vendor: "microsoft", description: "Microsoft Basic Render Driver"}}, true],
  [{info: {vendor: "intel", architecture: "gen-12lp", type: "CPU"}}, true],
  [{isFallbackAdapter: true, info: {vendor: "nvidia"}}, true],
  [{info: {vendor: "", isFallbackAdapter: true}}, true],
  [{info: {vendor: "apple", architecture: "metal-3"}}, false],
  [{info: {vendor: "nvidia", architecture: "ampere", type: "discrete GPU"}}, false],
  [{}, false]
])("%j is software: %s", (adapter, expected) => {
  expect(isSoftware(adapter)).toBe(expected);
});

test("an adapter's name holds each word once, and there is one when it says nothing", () => {
  expect(adapterName({info: {vendor: "apple", architecture: "metal-3", device: "", description: "apple"}})).toBe(
    "apple metal-3"
  );
  expect(adapterName({})).toBe("without a name");
});

test("in Node wasm runs, on one thread, and cpu when asked; asking twice is harmless", async () => {
  for (let i = 0; i < 2; ++i) {
    const report = await useBackend("wasm");
    expect(report).toEqual({name: "wasm", reason: "wasm: as asked; 1 thread", threads: 1, isolated: false});
    expect(tf.getBackend()).toBe("wasm");
  }
  expect((await useBackend()).reason).toBe("wasm: Node has no WebGPU; 1 thread");
  expect((await useBackend("cpu")).reason).toBe("cpu: as asked");
  expect(tf.getBackend()).toBe("cpu");
});
