import type {DataSet} from "../data/records.js";
import {packCheckpoint, unpackCheckpoint} from "./checkpoint.js";
import type {Control} from "./control.js";
import {fit} from "./fit.js";
import {moduleName} from "./moduleName.js";
import type {RunEnd, RunEvent, RunSpec} from "./protocol.js";
import type {Save, Snapshot} from "./run.js";
import {sentence} from "./sentence.js";
import type {Curve, Store} from "./store.js";
import type {Task} from "./task.js";

/** A task with its data, as a configuration makes them. */
export interface Loaded {
  task: Task;
  data: DataSet;
}

interface Options {
  /** Loads the task and its data. A stop does not wait for it. */
  load(): Promise<Loaded>;
  store: Store;
  control: Control;
  /** Every event but the last, which is returned. */
  on(event: RunEvent): void;
}

/**
 * A whole run in the worker: loads, goes on from a checkpoint if one is named, trains, keeps a checkpoint each epoch.
 * A run has one checkpoint, its newest; a resumed run goes on under the same key.
 *
 * @param from the key of a checkpoint of the same seed and batch.
 */
export async function training(
  spec: RunSpec,
  from: string | null,
  {load, store, control, on}: Options
): Promise<RunEnd> {
  try {
    const ready = Promise.all([load(), from === null ? null : past(store, spec, from)]);
    ready.catch(() => {}); // a run stopped by now is not interested
    const loaded = await Promise.race([ready, control.until("stop")]);
    if (loaded === "stop") return {type: "stopped", key: from};
    const [{task, data}, before] = loaded as Awaited<typeof ready>;
    const curve = before?.curve ?? {points: [], epochs: []};
    const save = saver(store, spec, from ?? newKey(spec), curve);
    const end = await fit(task, data, spec, {on: listener(curve, on), control, save, from: before?.snapshot});
    return {...end, key: end.key ?? from};
  } catch (error) {
    return {type: "failed", message: sentence(error), key: from};
  }
}

/** A name that no other run of this browser has: the module's, the seed, and the moment. */
export const newKey = ({module, seed}: RunSpec): string =>
  `${moduleName(module).split("/").pop()}-${seed}-${Date.now().toString(36)}`;

const ends = new Set<RunEvent["type"]>(["done", "stopped", "failed"]);

/** Passes events on, notes the curve on the way, and tells the past before what is new. */
function listener(curve: Curve, on: (event: RunEvent) => void): (event: RunEvent) => void {
  return (event) => {
    if (event.type === "progress") curve.points.push(...event.points);
    if (event.type === "epoch") curve.epochs.push(event.record);
    if (!ends.has(event.type)) on(event);
    if (event.type === "started" && event.fromStep > 0) on({type: "history", ...curve});
  };
}

const saver =
  (store: Store, spec: RunSpec, key: string, {points, epochs}: Curve): Save =>
  async (snapshot, tag) => {
    const {step, epoch} = snapshot;
    const file = packCheckpoint({...snapshot, spec, tag});
    const curve = {points: points.filter((point) => point.step <= step), epochs}; // a failed run keeps an earlier state
    await store.write({meta: {key, spec, step, epoch, saved: Date.now(), tag}, file, curve});
    return key;
  };

async function past(store: Store, spec: RunSpec, key: string): Promise<{snapshot: Snapshot; curve: Curve}> {
  const {file, curve} = await store.read(key);
  const checkpoint = unpackCheckpoint(file);
  for (const name of ["seed", "batch"] as const)
    if (checkpoint.spec[name] !== spec[name])
      throw new Error(`train: expected to go on with ${name} ${checkpoint.spec[name]}, got ${spec[name]}`);
  return {snapshot: checkpoint, curve};
}
