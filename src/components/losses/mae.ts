import * as tf from "@tensorflow/tfjs";
import {mean} from "../ops/mean.js";
import {agree} from "../tensor/shape.js";

/**
 * Mean absolute error, the negative log-likelihood of a Laplace distribution up to scale and constant: its minimiser is
 * the median, which outliers do not move.
 *
 *   ℓ = mean |y − t|,   ∂ℓ/∂y = sign(y − t) / n
 *
 * @param predictions y, any shape.
 * @param targets t, the same shape.
 * @returns scalar, in t's unit, the mean over all n elements.
 * @throws RangeError if the shapes differ.
 */
export function mae(predictions: tf.Tensor, targets: tf.Tensor): tf.Scalar {
  agree("mae", {predictions, targets});
  return mean(tf.abs(tf.sub(predictions, targets)));
}
