import * as tf from "@tensorflow/tfjs";
import {sum} from "./mean.js";

/** Below this squared length a row is not stretched to length 1: a row of zeros stays zero, with a finite gradient. */
const least = 1e-12;

/**
 * Rows of length 1: y = x / ‖x‖ along the last axis, (…, D) → (…, D).
 *
 *   ∂ℓ/∂x = (g − (g · y) y) / ‖x‖,   g = ∂ℓ/∂y: what points along x itself is taken out
 */
export function l2Normalise<T extends tf.Tensor>(x: T): T {
  return tf.mul(x, tf.rsqrt(tf.add(sum(tf.square(x), [-1], true), least)));
}
