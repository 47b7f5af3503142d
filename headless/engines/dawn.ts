import {adapterName, isSoftware} from "../../src/components/ops/backendChoice.js";
import {firstLine} from "./firstLine.js";

/** WebGPU in Node. */
export interface Dawn {
  /** What the adapter calls itself. */
  adapter: string;
  /** Takes WebGPU away from the process, which could not end otherwise. */
  close(): void;
}

/**
 * Gives the process the WebGPU of Dawn, as a browser has it: `navigator.gpu` and its constants; and tfjs the backend for it.
 *
 * @throws Error in one sentence, if the package cannot be loaded or finds no adapter.
 */
export async function openDawn(): Promise<Dawn> {
  const asked = "openDawn: expected WebGPU for the backend webgpu, got";
  const {create, globals} = await import("webgpu").catch((error: unknown) => {
    throw new Error(`${asked} no package webgpu, which npm install adds (${firstLine(error)})`, {cause: error});
  });
  const gpu = create([]);
  const adapter = await gpu.requestAdapter({powerPreference: "high-performance"}); // the one that tfjs will ask for
  if (!adapter) throw new Error(`${asked} no adapter: this machine has no GPU, or no driver for it`);
  Object.assign(globalThis, globals);
  const close = lend(gpu);
  await import("@tensorflow/tfjs-backend-webgpu"); // registers itself where navigator.gpu is
  return {adapter: adapterName(adapter) + (isSoftware(adapter) ? ", in software" : ""), close};
}

/** Sets navigator.gpu; Node 20 has no navigator, later ones have one of their own. */
function lend(gpu: GPU): () => void {
  const property = {configurable: true, enumerable: true};
  if (!("navigator" in globalThis)) {
    Object.defineProperty(globalThis, "navigator", {...property, value: {gpu}});
    return () => Reflect.deleteProperty(globalThis, "navigator");
  }
  const {navigator} = globalThis as {navigator: Navigator};
  Object.defineProperty(navigator, "gpu", {...property, value: gpu});
  return () => Reflect.deleteProperty(navigator, "gpu");
}
