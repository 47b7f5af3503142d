import * as tf from "@tensorflow/tfjs";
import {defineOp} from "./op.js";
import {elementwise} from "./webgpu/elementwise.js";

const backward = defineOp({
  name: "SiluGradient",
  plain({dy, x}: {dy: tf.Tensor; x: tf.Tensor}): tf.Tensor {
    const sigmoid = tf.sigmoid(x);
    return tf.mul(dy, tf.mul(sigmoid, tf.add(tf.mul(x, tf.sub(1, sigmoid)), 1)));
  },
  variants: {
    webgpu({dy, x}) {
      const slope = "dy * (1.0 + x * (1.0 - 1.0 / (1.0 + exp(-x)))) / (1.0 + exp(-x))";
      return elementwise("silu gradient", ["dy", "x"], slope)([dy, x]);
    }
  }
});

const forward = defineOp({
  name: "Silu",
  plain: ({x}: {x: tf.Tensor}): tf.Tensor => tf.mul(x, tf.sigmoid(x)),
  variants: {webgpu: ({x}) => elementwise("silu", ["x"], "x / (1.0 + exp(-x))")([x])},
  gradient: {inputs: ["x"], rule: (dy, {x}) => ({x: () => backward({dy, x}, {})})}
});

/**
 * Sigmoid linear unit, also called swish. Hendrycks & Gimpel 2016, section 2; Ramachandran et al. 2017.
 *
 *   y = x σ(x),   y' = σ(x) (1 + x (1 − σ(x))),   σ(x) = 1 / (1 + e⁻ˣ)
 *
 * x for large x, 0 for large −x; the least value is −0.2785, at x = −1.2785.
 */
export function silu<T extends tf.Tensor>(x: T): T {
  return forward({x}, {}) as T;
}
