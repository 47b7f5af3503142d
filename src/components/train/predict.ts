import * as tf from "@tensorflow/tfjs";
import type {Records} from "../data/records.js";
import type {Tree} from "../tensor/tree.js";
import {upload} from "./arrays.js";
import type {Batch, Block, Task} from "./task.js";
import {tick} from "./tick.js";

interface Options {
  rows: Uint32Array;
  /** Records at a time; the event loop runs between two batches. */
  batch: number;
}

/** What a task says of the given records, one row of outputs for each: (N, …). Frees what it makes, and nothing else. */
export const predict = <S extends Tree, B extends Batch>(
  task: Pick<Task<S, B>, "view" | "predict">,
  state: S,
  records: Records,
  options: Options
): Promise<Block> => outputs((batch: B) => outputsOf(task, state, batch), task.view, records, options);

/** `predict` for a state that somebody else holds: `of` gives its outputs for one batch, float32 (batch, …). */
export async function outputs<B extends Batch>(
  of: (batch: B) => Promise<Block>,
  view: Task<Tree, B>["view"],
  records: Records,
  {rows, batch}: Options
): Promise<Block> {
  let all = new Float32Array();
  let inner: number[] = [];
  for (let start = 0; start < rows.length; start += batch) {
    const some = rows.slice(start, start + batch);
    const {data, shape} = await of(view(records, some, batch));
    inner = shape.slice(1);
    const size = inner.reduce((product, n) => product * n, 1);
    if (start === 0) all = new Float32Array(rows.length * size);
    all.set(data.subarray(0, some.length * size), start * size);
    await tick();
  }
  return {data: all, shape: [rows.length, ...inner]};
}

async function outputsOf<S extends Tree, B extends Batch>(
  task: Pick<Task<S, B>, "predict">,
  state: S,
  batch: B
): Promise<Block> {
  const output = tf.tidy(() => tf.cast(task.predict(state, upload(batch)), "float32"));
  try {
    return {data: await output.data<"float32">(), shape: output.shape};
  } finally {
    output.dispose();
  }
}
