/** What can be asked for; `auto` leaves the choice to `chooseBackend`. */
export const requests = ["auto", "webgpu", "wasm", "cpu"] as const;
export type BackendRequest = (typeof requests)[number];
export type ComputeBackend = Exclude<BackendRequest, "auto">;

/** What was found out about this machine. */
export interface BackendFacts {
  /** Where the code runs, as the sentence names it. */
  place: "this browser" | "Node";
  /** `software` is a WebGPU that the processor imitates; `failed` one that was found but did not start. */
  webgpu: "hardware" | "software" | "missing" | "failed";
  /** What the adapter calls itself; empty when there is none. */
  adapter: string;
  wasm: "present" | "missing" | "failed";
}

/** The parts of a GPUAdapter that tell what it is; browsers differ in where they put `isFallbackAdapter`. */
export interface AdapterFacts {
  isFallbackAdapter?: boolean;
  info?: {
    vendor?: string;
    architecture?: string;
    device?: string;
    description?: string;
    type?: string;
    isFallbackAdapter?: boolean;
  };
}

/** What an adapter calls itself, nothing twice. */
export function adapterName({info = {}}: AdapterFacts): string {
  const parts = [info.vendor, info.architecture, info.device, info.description].filter(Boolean);
  return [...new Set(parts)].join(" ") || "without a name";
}

/** Whether the processor imitates the adapter: right for a test of correctness, slower than wasm for all else. */
export function isSoftware(adapter: AdapterFacts): boolean {
  return (
    adapter.isFallbackAdapter === true ||
    adapter.info?.isFallbackAdapter === true ||
    /^cpu$/i.test(adapter.info?.type ?? "") ||
    /swiftshader|llvmpipe|lavapipe|software|basic render/i.test(adapterName(adapter))
  );
}

/**
 * The backend for a request, and why, in words.
 *
 * Automatic: WebGPU on hardware, else wasm, else cpu. A request that cannot be met falls to the best of the others
 * below it and the reason says so; WebGPU in software is taken only when asked for by name.
 *
 * @throws RangeError if the request is none of `requests`.
 */
export function chooseBackend(request: string, facts: BackendFacts): {name: ComputeBackend; reason: string} {
  if (!requests.includes(request as BackendRequest))
    throw new RangeError(`useBackend: expected ${requests.join(", ")}, got ${request}`);
  const {webgpu, wasm, adapter} = facts;
  const gpu = webgpu === "hardware" || webgpu === "software";
  if (request === "cpu") return {name: "cpu", reason: "as asked"};
  if (request === "webgpu" && gpu) return {name: "webgpu", reason: `as asked, on ${describe(facts)}`};
  if (request === "auto" && webgpu === "hardware") return {name: "webgpu", reason: `on the adapter ${adapter}`};
  if (request === "wasm" && wasm === "present") return {name: "wasm", reason: "as asked"};
  const name = wasm === "present" ? "wasm" : "cpu";
  if (request === "wasm") return {name, reason: `wasm was asked for, but ${noWasm({...facts, webgpu: "failed"})}`};
  const cause = noGpu(facts) + (name === "cpu" ? ` and ${noWasm(facts)}` : "");
  return {name, reason: request === "auto" ? cause : `WebGPU was asked for, but ${cause}`};
}

const describe = ({webgpu, adapter}: BackendFacts) =>
  webgpu === "software" ? `the software adapter ${adapter}, which is slow` : `the adapter ${adapter}`;

const noGpu = (facts: BackendFacts) =>
  ({
    missing: `${facts.place} has no WebGPU`,
    failed: "WebGPU did not start",
    software: `${facts.place} offers WebGPU only in software (${facts.adapter})`,
    hardware: ""
  })[facts.webgpu];

function noWasm({place, webgpu, wasm}: BackendFacts): string {
  if (wasm === "failed") return "WebAssembly did not start";
  return webgpu === "missing" ? "no WebAssembly" : `${place} has no WebAssembly`; // after "… has no WebGPU and"
}
