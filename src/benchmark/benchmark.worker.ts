import {useBackend, type BackendReport} from "../components/ops/backend.js";
import {serve, type Call, type Port} from "../components/train/rpc.js";
import {contenders} from "./contenders.js";
import {gpuMeter} from "./gpuMeter.js";
import {race, type Contender} from "./race.js";
import {roofline, type Roofline} from "./roofline.js";
import type {Size} from "./size.js";

export interface BenchmarkRequest {
  size: Size;
  rounds: number;
  /** Names of contenders. */
  names: string[];
  /** Bytes of the copy that finds the lower ceiling; null leaves the roofline out. */
  copied: number | null;
}

/** What is going on, with what is known by then; the backend comes first. */
export type BenchmarkEvent =
  {type: "backend"; backend: BackendReport} | {type: "stage"; stage: string; contenders: Contender[] | null};

export type BenchmarkResult = {contenders: Contender[]; roofline: Roofline | null};

/** @throws Error where this browser has no WebGPU, with its reason. */
async function run(call: Call, {size, rounds, names, copied}: BenchmarkRequest): Promise<BenchmarkResult> {
  const tell = (event: BenchmarkEvent) => call.emit(event);
  const meter = gpuMeter();
  const backend = await useBackend("webgpu");
  if (backend.name !== "webgpu") throw new Error(backend.reason);
  tell({type: "backend", backend});
  const chosen = Object.fromEntries(Object.entries(contenders).filter(([name]) => names.includes(name)));
  const done = await race(chosen, {size, rounds, meter}, (stage, contenders) => tell({type: "stage", stage, contenders})); // prettier-ignore
  const stage = (stage: string) => tell({type: "stage", stage: `roofline: ${stage}`, contenders: null});
  return {contenders: done, roofline: copied === null ? null : await roofline(size, {copied, tell: stage})};
}

serve(self as unknown as Port, {run});
