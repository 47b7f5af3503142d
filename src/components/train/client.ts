import type {Records} from "../data/records.js";
import type {BackendReport} from "../ops/backend.js";
import type {
  CheckpointMeta,
  Imported,
  PredictQuery,
  Predicted,
  RecordsQuery,
  RunEnd,
  RunEvent,
  RunSpec
} from "./protocol.js";
import {connect, type Port} from "./rpc.js";
import {sentence} from "./sentence.js";
import type {Store} from "./store.js";
import type {Block} from "./task.js";

/** A run that goes on elsewhere. `finished` never rejects: whatever went wrong is a `failed` event. */
export interface Run {
  pause(): void;
  resume(): void;
  stop(): void;
  finished: Promise<RunEnd>;
}

/** What a page asks of the compute worker: arrays in, arrays out, errors as sentences. */
export interface Compute {
  /** What the worker computes on, and why. */
  backend(): Promise<BackendReport>;
  /** Starts a run, which stops the one before it; `from` names the checkpoint to go on from. */
  train(spec: RunSpec, on: (event: RunEvent) => void, options?: {from?: string}): Run;
  /** What a checkpoint's state says of records. */
  predict(query: PredictQuery): Promise<Predicted>;
  /** Records as they are, for showing. */
  records(query: RecordsQuery): Promise<Records>;
  /** A checkpoint's parameters and statistics, named as torchvision's and laid out as ours (filters (kh, kw, in, out)). */
  weights(key: string): Promise<Record<string, Block>>;
  /** A safetensors file that `importCheckpoint`, and PyTorch, can read. */
  exportCheckpoint(key: string): Promise<Blob>;
  importCheckpoint(file: Blob): Promise<Imported>;
  /** Newest first. Neither this nor `forget` and `exportCheckpoint` starts the worker. */
  checkpoints(): Promise<CheckpointMeta[]>;
  forget(key: string): Promise<void>;
  /** Runs an exported function of a module; tensors that it returns come back as arrays with shapes. */
  call<T>(module: string, name: string, ...args: unknown[]): Promise<T>;
  /** Tensors alive in the worker; none if there is no worker. */
  memory(): Promise<{numTensors: number; numBytes: number}>;
  /** Ends the worker at once; the next question starts another. */
  terminate(): void;
}

/** A worker, or what stands for one in a test. */
export interface Link {
  port: Port;
  end(): void;
  /** Whom to tell when the worker dies. */
  onCrash(tell: (reason: string) => void): void;
}

const ended = "compute: the worker was ended";

/** The client of workers that `start` makes: one at a time, the first when it is needed, another after a crash. */
export function computeClient(start: () => Link, store: Store, base = ""): Compute {
  let worker: (Link & ReturnType<typeof connect>) | null = null;
  const close = (reason: string) => {
    const old = worker;
    worker = null;
    old?.end();
    old?.close(reason);
  };
  const ready = () => {
    if (worker) return worker;
    const link = start();
    link.onCrash((reason) => worker?.port === link.port && close(`compute: the worker failed: ${reason}`));
    return (worker = {...link, ...connect(link.port)});
  };
  const ask = <T>(method: string, ...args: unknown[]): Promise<T> => ready().request<T>(method, args).answer;
  const here = (url: string) => (base ? new URL(url, base).href : url);
  return {
    backend: () => ask("backend"),
    train: (spec, on, {from} = {}) => follow(ready(), {...spec, module: here(spec.module)}, on, from ?? null),
    predict: (query) => ask("predict", {...query, module: here(query.module)}),
    records: (query) => ask("records", {...query, module: here(query.module)}),
    weights: (key) => ask("weights", key),
    exportCheckpoint: async (key) => new Blob([(await store.read(key)).file], {type: "application/octet-stream"}),
    importCheckpoint: (file) => ask("importCheckpoint", file),
    checkpoints: () => store.list(),
    forget: (key) => store.forget(key),
    call: (module, name, ...args) => ask("call", here(module), name, ...args),
    memory: async () => (worker ? ask("memory") : {numTensors: 0, numBytes: 0}),
    terminate: () => close(ended)
  };
}

/** A run as its page sees it: events in order, and exactly one end, even if the worker dies. */
function follow(
  {request}: ReturnType<typeof connect>,
  spec: RunSpec,
  on: (event: RunEvent) => void,
  from: string | null
): Run {
  let key = from;
  const {id, answer} = request<RunEnd, RunEvent>("train", [spec, from], (event) => {
    if (event.type === "checkpoint") key = event.key;
    on(event);
  });
  const finished = answer
    .catch((error): RunEnd => {
      const message = sentence(error);
      return message === ended ? {type: "stopped", key} : {type: "failed", message, key};
    })
    .then((end) => (on(end), end));
  const ask = (what: string) => void request("ask", [id, what]).answer.catch(() => {}); // a dead run needs no asking
  return {pause: () => ask("pause"), resume: () => ask("resume"), stop: () => ask("stop"), finished};
}
