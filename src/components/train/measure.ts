import * as tf from "@tensorflow/tfjs";
import type {Records} from "../data/records.js";
import type {Tree} from "../tensor/tree.js";
import {abreast, upload} from "./arrays.js";
import type {Numbers} from "./protocol.js";
import type {Batch, Task} from "./task.js";

/**
 * The means of a task's sums over all records of a split: the last batch is padded and masked, so every record counts once.
 * A sum named `correct` gives the mean named `accuracy`.
 *
 * @param proceed asked after each batch; when it says no the evaluation is given up.
 * @returns the means by name, or null when given up.
 */
export async function measure<S extends Tree, B extends Batch>(
  task: Task<S, B>,
  state: S,
  records: Records,
  {batch, proceed}: {batch: number; proceed: () => Promise<boolean>}
): Promise<Numbers | null> {
  const totals: Numbers = {};
  for (let start = 0; start < records.count; start += batch) {
    const rows = rowsFrom(start, Math.min(batch, records.count - start));
    for (const [name, value] of Object.entries(await sumsOf(task, state, task.view(records, rows, batch))))
      totals[name] = (totals[name] ?? 0) + value;
    if (!(await proceed())) return null;
  }
  const {count, ...sums} = totals;
  return Object.fromEntries(
    Object.entries(sums).map(([name, sum]) => [name === "correct" ? "accuracy" : name, sum / count])
  );
}

/** The rows start, …, start + count − 1. */
export const rowsFrom = (start: number, count: number): Uint32Array =>
  Uint32Array.from({length: count}, (_, i) => start + i);

async function sumsOf<S extends Tree, B extends Batch>(task: Task<S, B>, state: S, batch: B): Promise<Numbers> {
  let names: string[] = [];
  const sums = tf.tidy(() => {
    const scalars = task.evaluate(state, upload(batch));
    names = Object.keys(scalars);
    return abreast(scalars);
  });
  try {
    const numbers = await sums.data();
    return Object.fromEntries(names.map((name, i) => [name, numbers[i]]));
  } finally {
    sums.dispose();
  }
}
