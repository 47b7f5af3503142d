import {Worker} from "node:worker_threads";
import type {Records} from "../../src/components/data/records.js";
import type {Batch} from "../../src/components/train/task.js";
import type {Experiment} from "./experiment.js";

/** What a loader thread needs to draw batches. A recipe's module crosses by the recipe's name. */
export interface LoaderData {
  experiment: Omit<Experiment, "constants"> & {constants: Omit<Experiment["constants"], "module">};
  records: Records;
}

/** What it answers. */
export type Loaded = {step: number} & ({batch: Batch} | {message: string});

export interface Loader {
  /** The batch of a step. Steps are asked for in turn; the next ones are drawn meanwhile. */
  batch(step: number): Promise<Batch>;
  close(): Promise<void>;
}

/**
 * Draws batches in a thread of its own, a few ahead: a native step blocks the thread that waits for it.
 * Batch k is a function of the seed and k, so that threads change nothing.
 *
 * @param records with shared images, or every thread gets a copy.
 * @param from, steps the first step and the number of them all.
 */
export function loader(
  experiment: Experiment,
  records: Records,
  {from, steps, ahead = 4}: {from: number; steps: number; ahead?: number}
): Loader {
  const {module: _, ...constants} = experiment.constants;
  const workerData: LoaderData = {experiment: {...experiment, constants}, records};
  const worker = new Worker(new URL("./loader.start.js", import.meta.url), {workerData});
  const waiting = new Map<number, ReturnType<typeof pending>>();
  let asked = from - 1;
  let failure: Error | null = null;
  worker.on("error", (error: Error) => {
    failure = error;
    for (const {reject} of waiting.values()) reject(error);
  });
  worker.on("message", (loaded: Loaded) => {
    const {resolve, reject} = waiting.get(loaded.step)!;
    if ("batch" in loaded) resolve(loaded.batch);
    else reject(new Error(loaded.message));
  });
  return {
    async batch(step) {
      while (asked < Math.min(step + ahead, steps - 1)) {
        waiting.set(++asked, pending());
        worker.postMessage(asked);
      }
      if (failure) throw failure;
      try {
        return await waiting.get(step)!.promise;
      } finally {
        waiting.delete(step);
      }
    },
    async close() {
      await worker.terminate();
    }
  };
}

/** A promise with its two ends; a failure that nobody has asked for yet is none. */
function pending() {
  let resolve!: (batch: Batch) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<Batch>((yes, no) => ([resolve, reject] = [yes, no]));
  promise.catch(() => {});
  return {promise, resolve, reject};
}
