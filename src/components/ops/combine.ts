import * as tf from "@tensorflow/tfjs";
import {defineOp, type Compute} from "./op.js";
import {elementwise} from "./webgpu/elementwise.js";

type Pair = {a: tf.Tensor; b: tf.Tensor};
type Factors = {alpha: number; beta: number};

const forward: Compute<Pair, Factors, tf.Tensor> = defineOp({
  name: "Combine",
  plain: ({a, b}: Pair, {alpha, beta}: Factors): tf.Tensor => tf.add(tf.mul(a, alpha), tf.mul(b, beta)),
  variants: {webgpu: ({a, b}, {alpha, beta}) => elementwise("combine", ["a", "b"], `${alpha} * a + ${beta} * b`)([a, b])}, // prettier-ignore
  gradient: {rule: (dy, _, __, {alpha, beta}) => ({a: () => tf.mul(dy, alpha), b: () => tf.mul(dy, beta)})}
});

/**
 * α a + β b, for tensors of one shape: what a running average moves by.
 *
 * @throws RangeError if the shapes differ.
 */
export function combine<T extends tf.Tensor>(a: T, alpha: number, b: T, beta: number): T {
  if (String(a.shape) !== String(b.shape))
    throw new RangeError(`combine: expected b (${a.shape.join(", ")}), got (${b.shape.join(", ")})`);
  return forward({a, b}, {alpha, beta}) as T;
}
