import * as tf from "@tensorflow/tfjs";
import type {Records} from "../data/records.js";
import type {Tree} from "../tensor/tree.js";
import {abreast, upload} from "./arrays.js";
import type {Numbers} from "./protocol.js";
import type {Batch, Task} from "./task.js";

interface Options {
  /** Records at a time; the last batch is padded to it. */
  batch: number;
  /** Asked after each batch; when it says no the evaluation is given up. */
  proceed?: () => Promise<boolean>;
}

/**
 * The means of a task's sums over all records of a split: the last batch is padded and masked, so every record counts once.
 * A sum named `correct` gives the mean named `accuracy`.
 *
 * @returns the means by name, or null when given up.
 */
export const measure = <S extends Tree, B extends Batch>(
  task: Task<S, B>,
  state: S,
  records: Records,
  options: Options
): Promise<Numbers | null> => means((batch: B) => sumsOf(task, state, batch), task.view, records, options);

/** `measure` for a state that somebody else holds: `sums` are its sums over one batch. */
export async function means<B extends Batch>(
  sums: (batch: B) => Promise<Numbers>,
  view: Task<Tree, B>["view"],
  records: Records,
  {batch, proceed = async () => true}: Options
): Promise<Numbers | null> {
  const totals: Numbers = {};
  for (let start = 0; start < records.count; start += batch) {
    const rows = rowsFrom(start, Math.min(batch, records.count - start));
    for (const [name, value] of Object.entries(await sums(view(records, rows, batch))))
      totals[name] = (totals[name] ?? 0) + value;
    if (!(await proceed())) return null;
  }
  const {count, ...rest} = totals;
  return Object.fromEntries(
    Object.entries(rest).map(([name, sum]) => [name === "correct" ? "accuracy" : name, sum / count])
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
