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
  /** Loads the task and its data, on a backend that computes. A stop does not wait for it. */
  load(): Promise<Loaded>;
  store: Store;
  control: Control;
  /** Every event but the last, which is returned. */
  on(event: RunEvent): void;
  /** Why the device was lost that the run computed on; null if it is there. */
  lost?(): Promise<string | null>;
}

const mostLosses = 3; // a device that is lost again and again is not the run's luck

/**
 * A whole run in the worker: loads, goes on from a checkpoint if one is named, trains, keeps a checkpoint each epoch.
 * A run has one checkpoint, its newest; a resumed run goes on under the same key.
 *
 * Where the device is lost on the way, the run waits for another and goes on there from its checkpoint, or from where it
 * began if it has none yet; as batch k is a function of the seed and k, it ends as if nothing had happened.
 *
 * @param from the key of a checkpoint of the same seed and batch.
 */
export async function training(spec: RunSpec, from: string | null, options: Options): Promise<RunEnd> {
  const {load, store, control, lost = async () => null} = options;
  try {
    const ready = Promise.all([load(), from === null ? null : past(store, spec, from)]);
    ready.catch(() => {}); // a run stopped by now is not interested
    const loaded = await Promise.race([ready, control.until("stop")]);
    if (loaded === "stop") return {type: "stopped", key: from};
    let [{task, data}, before] = loaded as Awaited<typeof ready>;
    let key = from;
    let loss: string | null = null;
    for (let losses = 0; ; ++losses) {
      const curve = before?.curve ?? {points: [], epochs: []};
      const save = saver(store, spec, key ?? newKey(spec), curve);
      const on = listener(curve, options.on, loss);
      const end = await fit(task, data, spec, {on, control, save, from: before?.snapshot});
      key = end.key ?? key;
      loss = end.type === "failed" ? await lost() : null;
      if (loss === null) return {...end, key};
      if (losses === mostLosses) return {type: "failed", message: givenUp(loss), key};
      options.on({type: "paused"});
      [{task, data}, before] = [await load(), key === null ? null : await past(store, spec, key)];
    }
  } catch (error) {
    return {type: "failed", message: sentence(error), key: from};
  }
}

/** A name that no other run of this browser has: the module's, the seed, and the moment. */
export const newKey = ({module, seed}: RunSpec): string =>
  `${moduleName(module).split("/").pop()}-${seed}-${Date.now().toString(36)}`;

const ends = new Set<RunEvent["type"]>(["done", "stopped", "failed"]);

/** Passes events on, notes the curve on the way, and tells the past before what is new, and the loss that it follows. */
function listener(curve: Curve, on: (event: RunEvent) => void, loss: string | null): (event: RunEvent) => void {
  return (event) => {
    if (event.type === "progress") curve.points.push(...event.points);
    if (event.type === "epoch") curve.epochs.push(event.record);
    if (!ends.has(event.type)) on(event);
    if (event.type !== "started") return;
    if (event.fromStep > 0 || loss !== null) on({type: "history", ...curve});
    if (loss !== null) on({type: "notice", message: lossNotice(loss, event)});
  };
}

const givenUp = (loss: string) =>
  `The GPU was lost ${mostLosses + 1} times (${inBrackets(loss)}): try a smaller batch, or another backend.`;

const inBrackets = (reason: string) => reason.replace(/\.$/, "");

function lossNotice(loss: string, {fromStep, backend}: {fromStep: number; backend: string}): string {
  const from = fromStep > 0 ? `its checkpoint at step ${fromStep}` : "the beginning";
  return `The GPU was lost (${inBrackets(loss)}): the run goes on from ${from}, on another device (${backend}).`;
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
