import * as tf from "@tensorflow/tfjs";
import {mean} from "../ops/mean.js";
import {softmaxCrossEntropy} from "../ops/softmaxCrossEntropy.js";
import {shapes} from "../tensor/shape.js";

/**
 * Cross-entropy of classes, with label smoothing. Szegedy et al. 2016, section 7.
 *
 *   ℓ = −Σₖ tₖ log softmax(z)ₖ,   t = (1 − ε) onehot(y) + ε / K
 *
 * @param logits (B, K) z, any scale.
 * @param labels (B) int32 y, each 0 … K − 1.
 * @param smoothing ε, 0 ≤ ε < 1, dimensionless.
 * @returns scalar in nats, the mean over the batch; log K when all logits of a row are equal.
 * @throws RangeError if the shapes differ or ε is outside [0, 1).
 */
export function crossEntropy(logits: tf.Tensor, labels: tf.Tensor, options: {smoothing?: number} = {}): tf.Scalar {
  return mean(crossEntropies(logits, labels, options));
}

/** The loss of each row, (B): `crossEntropy` is their mean. */
export function crossEntropies(logits: tf.Tensor, labels: tf.Tensor, {smoothing = 0} = {}): tf.Tensor1D {
  const {K} = shapes("crossEntropy", {logits: [logits, "B K"], labels: [labels, "B"]});
  if (!(smoothing >= 0 && smoothing < 1))
    throw new RangeError(`crossEntropy: expected smoothing in [0, 1), got ${smoothing}`);
  const onehot = tf.cast(tf.oneHot(labels as tf.Tensor1D, K), "float32"); // (B, K); wasm's kernel writes integers only
  return softmaxCrossEntropy(logits, tf.add(tf.mul(onehot, 1 - smoothing), smoothing / K));
}
