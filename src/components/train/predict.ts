import * as tf from "@tensorflow/tfjs";
import type {Records} from "../data/records.js";
import type {Tree} from "../tensor/tree.js";
import {upload} from "./arrays.js";
import type {Batch, Block, Task} from "./task.js";
import {tick} from "./tick.js";

/**
 * What a task says of the given records, one row of outputs for each: (N, …). Frees what it makes, and nothing else.
 *
 * @param batch records at a time; the event loop runs between two batches.
 */
export async function predict<S extends Tree, B extends Batch>(
  task: Pick<Task<S, B>, "view" | "predict">,
  state: S,
  records: Records,
  {rows, batch}: {rows: Uint32Array; batch: number}
): Promise<Block> {
  let outputs = new Float32Array();
  let inner: number[] = [];
  for (let start = 0; start < rows.length; start += batch) {
    const some = rows.slice(start, start + batch);
    const output = tf.tidy(() => tf.cast(task.predict(state, upload(task.view(records, some, batch))), "float32"));
    try {
      inner = output.shape.slice(1);
      const size = inner.reduce((product, n) => product * n, 1);
      if (start === 0) outputs = new Float32Array(rows.length * size);
      outputs.set((await output.data<"float32">()).subarray(0, some.length * size), start * size);
    } finally {
      output.dispose();
    }
    await tick();
  }
  return {data: outputs, shape: [rows.length, ...inner]};
}
