import * as tf from "@tensorflow/tfjs";
import {defineOp, type Compute} from "./op.js";

type Input = {x: tf.Tensor};
type Reduction = {axes: number[]; shape: number[]};

// Both keep the reduced axes with size 1: then each is the other's gradient.
const total: Compute<Input, Reduction, tf.Tensor> = defineOp({
  name: "Sum",
  plain: ({x}, {axes}) => tf.sum(x, axes, true),
  gradient: {rule: (dy, _, __, {axes, shape}) => ({x: () => repeated({x: dy}, {axes, shape})})}
});

const repeated: Compute<Input, Reduction, tf.Tensor> = defineOp({
  name: "Broadcast",
  plain: ({x}, {shape}) => tf.broadcastTo(x, shape),
  gradient: {rule: (dy, _, __, {axes, shape}) => ({x: () => total({x: dy}, {axes, shape})})}
});

/**
 * Σ x over the given axes; without axes, over all. The gradient is dy repeated along them.
 *
 * @param axes negative ones count from the end.
 * @param keepDims whether a summed axis stays, with size 1.
 * @throws RangeError if an axis does not exist or is named twice.
 */
export function sum<T extends tf.Tensor = tf.Tensor>(x: tf.Tensor, axes?: number[], keepDims = false): T {
  return reduce("sum", x, axes, keepDims) as T;
}

/** The mean of x over the given axes; otherwise as `sum`. */
export function mean<T extends tf.Tensor = tf.Tensor>(x: tf.Tensor, axes?: number[], keepDims = false): T {
  const sums = reduce("mean", x, axes, keepDims);
  return tf.mul(sums, sums.size / x.size) as T;
}

function reduce(caller: string, x: tf.Tensor, given: number[] | undefined, keepDims: boolean): tf.Tensor {
  const axes = (given ?? x.shape.map((_, axis) => axis)).map((axis) => (axis < 0 ? axis + x.rank : axis)).sort();
  if (axes.some((axis, i) => !Number.isInteger(axis) || axis < 0 || axis >= x.rank || axis === axes[i - 1]))
    throw new RangeError(`${caller}: expected distinct axes of (${x.shape.join(", ")}), got [${given!.join(", ")}]`);
  const sums = total({x}, {axes, shape: x.shape});
  return keepDims
    ? sums
    : tf.reshape(
        sums,
        x.shape.filter((_, axis) => !axes.includes(axis))
      );
}
