import * as tf from "@tensorflow/tfjs";
import {mean} from "../ops/mean.js";
import {agree} from "../tensor/shape.js";

/**
 * Mean squared error, the negative log-likelihood of a Gaussian up to scale and constant: its minimiser is the mean.
 *
 *   ℓ = mean (y − t)²,   ∂ℓ/∂y = 2 (y − t) / n
 *
 * @param predictions y, any shape.
 * @param targets t, the same shape.
 * @returns scalar, in the square of t's unit, the mean over all n elements.
 * @throws RangeError if the shapes differ.
 */
export function mse(predictions: tf.Tensor, targets: tf.Tensor): tf.Scalar {
  agree("mse", {predictions, targets});
  return mean(tf.square(tf.sub(predictions, targets)));
}
