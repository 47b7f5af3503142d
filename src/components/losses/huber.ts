import * as tf from "@tensorflow/tfjs";
import {mean} from "../ops/mean.js";
import {agree} from "../tensor/shape.js";

/**
 * Huber's loss: a parabola up to δ, straight lines beyond. Huber 1964, section 2.
 *
 *   ℓ = mean h(r),   h(r) = r² / 2 for |r| ≤ δ,  δ (|r| − δ / 2) beyond;   ∂ℓ/∂y = clip(r, −δ, δ) / n,   r = y − t
 *
 * Half the squared error for δ → ∞, δ times the absolute error for δ → 0: an outlier pulls with δ at most.
 *
 * @param predictions y, any shape.
 * @param targets t, the same shape.
 * @param delta δ > 0, in t's unit.
 * @returns scalar, in the square of t's unit.
 * @throws RangeError if the shapes differ, or δ ≤ 0.
 */
export function huber(predictions: tf.Tensor, targets: tf.Tensor, {delta = 1} = {}): tf.Scalar {
  agree("huber", {predictions, targets});
  if (!(delta > 0)) throw new RangeError(`huber: expected delta > 0, got ${delta}`);
  const size = tf.abs(tf.sub(predictions, targets));
  const near = tf.minimum(size, delta);
  return mean(tf.mul(near, tf.sub(size, tf.mul(near, 0.5))));
}
