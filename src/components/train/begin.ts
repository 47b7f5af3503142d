import * as tf from "@tensorflow/tfjs";
import {rng} from "../math/random.js";
import type {Tree} from "../tensor/tree.js";
import {fromArrays, type Arrays} from "./arrays.js";
import type {Batch, Task} from "./task.js";

/**
 * The state that a run begins with: drawn from the stream (seed, "init"), or the given values in its place. The caller owns it.
 *
 * @throws RangeError if the values do not have the form of this task's state.
 */
export function begin<S extends Tree, B extends Batch>(
  task: Pick<Task<S, B>, "init">,
  seed: number,
  values?: Arrays
): S {
  return tf.tidy(() => {
    const fresh = task.init(rng(seed).fork("init"));
    return values ? fromArrays(fresh, values) : fresh;
  });
}
