import * as tf from "@tensorflow/tfjs";
import type {Tree} from "../tensor/tree.js";
import {fromArrays, toArrays, type Arrays} from "./arrays.js";
import {begin} from "./begin.js";
import type {Batch, Task} from "./task.js";
import {isTrained} from "./torchLayout.js";

/**
 * A task's state with the given parameters and statistics; its other leaves are those of a beginning. It evaluates and
 * predicts as the run did that the weights are of. The caller owns it.
 *
 * @throws RangeError if the weights are not those of this task's model.
 */
export async function loadWeights<S extends Tree, B extends Batch>(task: Task<S, B>, weights: Arrays): Promise<S> {
  const fresh = begin(task, 0);
  try {
    const others = [...(await toArrays(fresh))].filter(([path]) => !isTrained(path));
    return fromArrays(fresh, new Map([...others, ...weights]));
  } finally {
    tf.dispose(fresh);
  }
}
