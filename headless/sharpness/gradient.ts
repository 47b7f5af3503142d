import * as tf from "@tensorflow/tfjs";
import type {Records} from "../../src/components/data/records.js";
import {valueAndGrad} from "../../src/components/tensor/grad.js";
import {entries, leaves, mapAt, type Tree} from "../../src/components/tensor/tree.js";
import {rowsFrom} from "../../src/components/train/measure.js";
import type {Batch, Block, Task, Tensors} from "../../src/components/train/task.js";
import type {Engine} from "../engine.js";

const prefix = "theta.";

/**
 * The task with the gradient of `evaluate`'s loss in the place of its prediction: the sum over the batch's records, at
 * parameters that come with the batch, all leaves in one list (P). Statistics are those of the state, held fixed.
 *
 * @throws Error if the state has no `params`, or `evaluate` no `loss`.
 */
export function gradientTask(task: Task): Task {
  return {
    ...task,
    predict(state, batch) {
      const shape = paramsOf(state);
      const theta = mapAt((path) => batch[prefix + path], shape);
      const records = Object.fromEntries(Object.entries(batch).filter(([name]) => !name.startsWith(prefix)));
      const [, grads] = valueAndGrad((params: Tree) => {
        const {loss} = task.evaluate({...state, params}, records as Tensors<Batch>);
        if (!loss) throw new Error("sharpness: expected a task whose evaluation sums a loss, got one without");
        return [loss, null];
      })(theta);
      return tf.concat(leaves(grads).map((leaf) => tf.reshape(leaf, [-1])));
    }
  };
}

/** The parameters of a state. @throws Error if it has none of that name. */
export function paramsOf(state: Tree): Tree {
  const {params} = state;
  if (!params || params instanceof tf.Tensor)
    throw new Error(`sharpness: expected a state with params, got ${Object.keys(state).join(", ")}`);
  return params;
}

/** Parameters in one list, in the order of the gradient. */
export const flat = (params: Tree): Float64Array =>
  Float64Array.from(leaves(params).flatMap((leaf) => Array.from(leaf.dataSync())));

/** The mean loss's gradient at any parameters, on fixed records, by an engine that holds a `gradientTask`. */
export function gradientOn(
  engine: Pick<Engine, "predict">,
  task: Pick<Task, "view">,
  {params, records, batch}: {params: Tree; records: Records; batch: number}
): (theta: Float64Array) => Promise<Float64Array> {
  const shapes = entries(params).map(([path, leaf]): [string, number[], number] => [path, leaf.shape, leaf.size]);
  return async (theta) => {
    let start = 0;
    const point = shapes.map(([path, shape, size]): [string, Block] => {
      const data = Float32Array.from(theta.subarray(start, (start += size)));
      return [prefix + path, {data, shape}];
    });
    const sum = new Float64Array(theta.length);
    for (let from = 0; from < records.count; from += batch) {
      const rows = rowsFrom(from, Math.min(batch, records.count - from));
      const {data} = await engine.predict({...task.view(records, rows, batch), ...Object.fromEntries(point)});
      for (let i = 0; i < sum.length; ++i) sum[i] += data[i] / records.count;
    }
    return sum;
  };
}
