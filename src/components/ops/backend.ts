import * as tf from "@tensorflow/tfjs";
import {adapterName, chooseBackend, isSoftware} from "./backendChoice.js";
import type {AdapterFacts, BackendFacts, BackendRequest, ComputeBackend} from "./backendChoice.js";
import {misfit} from "./webgpu/backend.js";
import {lossOfDevice} from "./webgpu/health.js";
import {registerOwnDevice, renewDevice} from "./webgpu/ownDevice.js";

/** Which backend runs, and why. */
export interface BackendReport {
  name: ComputeBackend;
  /** One sentence for the reader: `wasm: this browser has no WebGPU; 2 threads`. */
  reason: string;
  /** Threads that compute; 1 on every backend but a threaded wasm. */
  threads: number;
  /** Whether this context is cross-origin isolated, which threads need. */
  isolated: boolean;
}

const inNode = typeof process === "object" && typeof process.versions?.node === "string";
const isolated = () => globalThis.crossOriginIsolated === true;

/**
 * Makes the backend asked for the current one, or the best that this machine has.
 *
 * Runs in a page, in a worker and in Node. Awaiting it twice is harmless.
 *
 * @throws RangeError if the request is not auto, webgpu, wasm or cpu.
 * @throws Error if not even the cpu backend starts.
 */
export async function useBackend(request: BackendRequest = "auto"): Promise<BackendReport> {
  const facts = await backendFacts();
  for (;;) {
    const {name, reason} = chooseBackend(request, facts);
    if (await start(name)) {
      const threads = name === "wasm" ? await threadsOfWasm() : 1;
      return {
        name,
        reason: `${name}: ${reason}${notes[name](threads)}`,
        threads,
        isolated: isolated()
      };
    }
    if (name === "cpu") throw new Error("useBackend: expected the cpu backend to start, got a failure");
    facts[name] = "failed";
  }
}

/**
 * `useBackend` for as long as the backend lives: the same report each time. Once a WebGPU device is lost the next call
 * takes its backend away, with all its tensors, and starts another.
 */
export function steadyBackend(request: BackendRequest): () => Promise<BackendReport> {
  let report: Promise<BackendReport> | undefined;
  let renewing = false;
  return () => {
    if (report && !renewing && lossOfDevice() !== null) {
      renewing = true;
      const another = renewDevice().then(() => useBackend(request));
      report = another.finally(() => (renewing = false));
    }
    return (report ??= useBackend(request));
  };
}

async function backendFacts(): Promise<BackendFacts> {
  const adapter = tf.findBackendFactory("webgpu") ? await requestAdapter() : null;
  return {
    place: inNode ? "Node" : "this browser",
    webgpu: adapter ? (isSoftware(adapter) ? "software" : "hardware") : "missing",
    adapter: adapter ? adapterName(adapter) : "",
    wasm: typeof WebAssembly === "object" ? "present" : "missing"
  };
}

async function requestAdapter(): Promise<AdapterFacts | null> {
  const gpu = globalThis.navigator?.gpu;
  if (!gpu) return null;
  return gpu.requestAdapter({powerPreference: "high-performance"}).catch(() => null); // the adapter tfjs will ask for
}

async function start(name: ComputeBackend): Promise<boolean> {
  try {
    if (name === "wasm") return await startWasm();
    if (name === "webgpu") await registerOwnDevice();
    return await tf.setBackend(name);
  } catch {
    return false; // the caller tries the next one
  }
}

const poolSize = 8; // workers that the wasm backend starts; a thread without one would wait for ever

async function startWasm(): Promise<boolean> {
  const wasm = await import("@tensorflow/tfjs-backend-wasm"); // registers the backend
  if (inNode) return tf.setBackend("wasm"); // one thread, files from the package's own folder
  const running = "wasm" in tf.engine().registry;
  if (!running) wasm.setWasmPaths(wasmFiles());
  const cores = Math.min(navigator.hardwareConcurrency || 1, poolSize);
  if (!running) wasm.setThreadsCount(cores);
  return withConcurrency(2 * cores, () => tf.setBackend("wasm"));
}

/** Literals, because the site's builder finds, copies and renames the files by them. */
const wasmFiles = () => ({
  "tfjs-backend-wasm.wasm": import.meta.resolve("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm"),
  "tfjs-backend-wasm-simd.wasm": import.meta.resolve("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm"),
  "tfjs-backend-wasm-threaded-simd.wasm": import.meta
    .resolve("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm")
});

/** Runs `f` while navigator.hardwareConcurrency reads `count`: the wasm backend takes half of it for its threads. */
async function withConcurrency<T>(count: number, f: () => Promise<T>): Promise<T> {
  Object.defineProperty(navigator, "hardwareConcurrency", {value: count, configurable: true});
  try {
    return await f();
  } finally {
    Reflect.deleteProperty(navigator, "hardwareConcurrency"); // uncovers the prototype's
  }
}

async function threadsOfWasm(): Promise<number> {
  const {getThreadsCount} = await import("@tensorflow/tfjs-backend-wasm");
  return getThreadsCount();
}

/** A clause for a tfjs that our WebGPU kernels were not written for. */
export function kernelNote(why: string | null = misfit(tf.backend())): string {
  return why ? `; the plain kernels of tfjs run, because ${why}` : "";
}

/** No kernel here computes in half precision: what a task calls mixed precision is rounded, and no faster. */
const precisionNote = "; numbers are float32, mixed precision (AMP) is only emulated";

const notes: Record<ComputeBackend, (threads: number) => string> = {
  wasm: threadNote,
  webgpu: () => `${kernelNote()}${precisionNote}`,
  cpu: () => ""
};

function threadNote(threads: number): string {
  if (threads > 1) return `; ${threads} threads`;
  return inNode || isolated() ? "; 1 thread" : "; 1 thread, because the page is not cross-origin isolated";
}
