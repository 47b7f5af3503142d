import * as tf from "@tensorflow/tfjs";
import {gather, gatherAll} from "../data/batches.js";
import type {DataSet, Records, Source} from "../data/records.js";
import type {BackendReport} from "../ops/backend.js";
import {begin} from "./begin.js";
import {callExported} from "./callExported.js";
import {packCheckpoint, unpackCheckpoint, weightsOf} from "./checkpoint.js";
import {type Loader, withCode} from "./codeIn.js";
import {control, type Control} from "./control.js";
import {dataSets} from "./dataSets.js";
import {rowsFrom} from "./measure.js";
import {predict} from "./predict.js";
import type {Imported, Predicted, PredictQuery, RecordsQuery, RunEnd, RunSpec} from "./protocol.js";
import type {Call, Handlers} from "./rpc.js";
import type {Store} from "./store.js";
import type {Block, TaskModule} from "./task.js";
import {newKey, training, type Loaded} from "./training.js";

/** What the service takes from where it runs: a worker, or a test. */
export interface Surroundings extends Loader {
  /** Makes a backend current; the same one each time, and another once its device is lost. */
  backend(): Promise<BackendReport>;
  /** Why the backend's device was lost; null while it is there. */
  lost?(): Promise<string | null>;
  source(progress: Source["progress"]): Source;
  store: Store;
}

type Exports = Record<string, unknown>;
type Open = (query: {module: string; config: Exports}, progress?: Source["progress"]) => Promise<Loaded>;

/** What the compute worker answers. No tensor is left when neither a run nor a call goes on. */
export function service({backend, lost, load, compile, source, store}: Surroundings): Handlers {
  const loadData = dataSets();
  const open: Open = async ({module: url, config}, progress = () => {}) => {
    await backend();
    const module = taskModule(url, await load(url));
    const task = module.default(await withCode(config, {load, compile}));
    return {task, data: await loadData(url, module, config, source(progress))};
  };
  return {
    ...runs(open, {store, lost}),
    backend,
    async predict({give}: Call, {key, split, rows, ...query}: PredictQuery): Promise<Predicted> {
      const checkpoint = unpackCheckpoint((await store.read(key)).file);
      const {task, data} = await open(query);
      const chosen = chooseRows(rows, data[split]);
      const {seed, batch} = checkpoint.spec;
      const state = begin(task, seed, checkpoint.state);
      try {
        const outputs = await predict(task, state, data[split], {rows: chosen, batch});
        return give({outputs, labels: gather(data[split], chosen).labels});
      } finally {
        tf.dispose(state);
      }
    },
    async records({give}: Call, {split, rows, ...query}: RecordsQuery): Promise<Records> {
      const records = (await open(query)).data[split];
      const chosen = chooseRows(rows, records);
      return {...records, ...give(gatherAll(records, chosen)), count: chosen.length}; // the rest stays with the kept data
    },
    async weights({give}: Call, key: string): Promise<Record<string, Block>> {
      return give(weightsOf(unpackCheckpoint((await store.read(key)).file)));
    },
    async importCheckpoint(_: Call, file: Blob): Promise<Imported> {
      const checkpoint = unpackCheckpoint(new Uint8Array(await file.arrayBuffer()));
      const {spec, step, epoch} = checkpoint;
      const key = newKey(spec);
      const meta = {key, spec, step, epoch, saved: Date.now(), tag: "imported" as const};
      await store.write({meta, file: packCheckpoint({...checkpoint, tag: meta.tag}), curve: {points: [], epochs: []}});
      return {key, spec};
    },
    async call(_: Call, url: string, name: string, ...args: unknown[]): Promise<unknown> {
      await backend();
      return callExported(await load(url), {url, name, args});
    },
    async memory(): Promise<{numTensors: number; numBytes: number}> {
      await backend(); // tfjs counts nothing before there is one
      const {numTensors, numBytes} = tf.memory();
      return {numTensors, numBytes};
    }
  };
}

/** One run at a time: a new one stops those before it, and begins when they have ended. */
function runs(open: Open, {store, lost}: Pick<Surroundings, "store" | "lost">): Handlers {
  const going = new Map<number, Control>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    async train({id, emit: on}: Call, spec: RunSpec, from: string | null): Promise<RunEnd> {
      for (const earlier of going.values()) earlier.stop();
      const own = control();
      going.set(id, own);
      const load = () => open(spec, (fraction, what) => on({type: "loading", fraction, what}));
      const end = last.then(() => training(spec, from, {load, store, lost, control: own, on}));
      last = end;
      return end.finally(() => going.delete(id));
    },
    /** Asks something of the run that `train` was called for with this id; a run that has ended does not mind. */
    ask(_: Call, id: number, what: "pause" | "resume" | "stop"): void {
      going.get(id)?.[what]();
    }
  };
}

function taskModule(url: string, exports: Exports): TaskModule {
  for (const name of ["default", "data"])
    if (typeof exports[name] !== "function")
      throw new Error(`compute: expected ${url} to export ${name}(config), got ${typeof exports[name]}`);
  return exports as unknown as TaskModule;
}

const chooseRows = (rows: ArrayLike<number> | undefined, {count}: DataSet["train"]): Uint32Array =>
  rows ? Uint32Array.from(rows) : rowsFrom(0, count);
