import {batchBytes, contenders} from "../../src/benchmark/contenders.js";
import {gpuMeter} from "../../src/benchmark/gpuMeter.js";
import {race, type Contender, type Make} from "../../src/benchmark/race.js";
import type {Size} from "../../src/benchmark/size.js";
import {useBackend, type BackendReport} from "../../src/components/ops/backend.js";
import type {Message} from "./inWorker.js";
import {jaxResnet} from "./jaxResnet.js";
import {registerFilterGradient} from "./wasmFilterGradient.js";

export interface RaceRequest {
  backend: "webgpu" | "wasm";
  size: Size;
  rounds: number;
  /** False: commands are counted and not computed. */
  compute: boolean;
  /** The contenders, by name. */
  names: string[];
}

export type RaceResult = {backend: BackendReport; contenders: Contender[]; batchBytes: number};

/** jax-js has a device of its own beside that of tfjs, and its WebGPU whatever tfjs runs on. */
const makers: Record<string, Make> = {...contenders, "jax-js": jaxResnet};

async function run({backend: asked, size, rounds, compute, names}: RaceRequest): Promise<RaceResult> {
  const meter = asked === "webgpu" ? gpuMeter({compute}) : null;
  const backend = await useBackend(asked);
  if (backend.name !== asked) throw new Error(`bench: expected ${asked}, got ${backend.reason}`);
  if (asked === "wasm") registerFilterGradient();
  const chosen = Object.fromEntries(names.map((name) => [name, makers[name]]));
  const done = await race(chosen, {size, rounds, meter}, (line) => post({line}));
  return {backend, contenders: done, batchBytes: batchBytes(size)};
}

const post = (message: Message<RaceResult>) => postMessage(message);

onmessage = async ({data}: MessageEvent<RaceRequest>) => {
  try {
    post({result: await run(data)});
  } catch (error) {
    post({error: String((error as Error).stack)});
  }
};
