import type {Records} from "../data/records.js";
import {rng} from "../math/random.js";
import type {Tree} from "../tensor/tree.js";
import type {Batch, Task} from "./task.js";

/**
 * The training batches of a run: a function of the step, counted from 0.
 *
 * Epoch e takes the records in the order `permutation` of the stream (seed, "order", e), without the last partial batch;
 * what else step k needs of chance comes from the stream (seed, "batch", k).
 */
export function draw<S extends Tree, B extends Batch>(
  task: Pick<Task<S, B>, "sample">,
  records: Records,
  {seed, batch}: {seed: number; batch: number}
): (step: number) => B {
  const perEpoch = Math.floor(records.count / batch);
  let epoch = -1;
  let order: Uint32Array = new Uint32Array();
  return (step) => {
    if (Math.floor(step / perEpoch) !== epoch) {
      epoch = Math.floor(step / perEpoch);
      order = rng(seed).fork("order", epoch).permutation(records.count);
    }
    const at = (step % perEpoch) * batch;
    return task.sample(rng(seed).fork("batch", step), records, order.slice(at, at + batch));
  };
}
