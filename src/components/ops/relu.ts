import * as tf from "@tensorflow/tfjs";
import {defineOp} from "./op.js";
import {elementwise} from "./webgpu/elementwise.js";

const backward = defineOp({
  name: "ReluGradient",
  plain: ({dy, x}: {dy: tf.Tensor; x: tf.Tensor}): tf.Tensor => tf.mul(dy, tf.step(x)),
  variants: {webgpu: ({dy, x}) => elementwise("relu gradient", ["dy", "x"], "select(V(), dy, x > V())")([dy, x])}
});

const forward = defineOp({
  name: "Relu",
  plain: ({x}: {x: tf.Tensor}): tf.Tensor => tf.relu(x),
  variants: {webgpu: ({x}) => elementwise("relu", ["x"], "max(x, V())")([x])},
  gradient: {inputs: ["x"], rule: (dy, {x}) => ({x: () => backward({dy, x}, {})})}
});

/** The positive part, y = max(0, x): its slope is 1 where x > 0 and 0 elsewhere, at 0 too. */
export function relu<T extends tf.Tensor>(x: T): T {
  return forward({x}, {}) as T;
}
