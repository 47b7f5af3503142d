import * as tf from "@tensorflow/tfjs";
import {mean, sum} from "../ops/mean.js";
import {softmaxCrossEntropy} from "../ops/softmaxCrossEntropy.js";
import {shapes} from "../tensor/shape.js";

interface Options {
  /** γ ≥ 0: how fast a record's weight falls as it becomes easy. 0 is cross-entropy. */
  gamma?: number;
  /** α, one weight for each class; all 1 unless told. */
  weights?: number[];
}

/** The least 1 − p of which a power is taken: below it the loss is rounding, and the slope of the power may be infinite. */
const least = 1e-7;

/**
 * Focal loss: cross-entropy in which easy records count less. Lin et al. 2017, section 3.2, eq. 5, here with a softmax.
 *
 *   ℓ = −α_y (1 − p_y)^γ ln p_y,   p = softmax(z)
 *   ∂ℓ/∂p_y = α_y (1 − p_y)^γ [γ ln p_y / (1 − p_y) − 1 / p_y]
 *
 * At p_y = 0.9 and γ = 2 a record counts a hundredth of its cross-entropy, at 0.5 a quarter. paper: a sigmoid for each class,
 * and the sum divided by the number of foreground anchors; here the mean over the batch.
 *
 * @param logits (B, K) z, any scale.
 * @param labels (B) int32 y, each 0 … K − 1.
 * @returns scalar in nats.
 * @throws RangeError if the shapes differ, γ < 0, or there are not K weights.
 */
export function focal(logits: tf.Tensor, labels: tf.Tensor, options: Options = {}): tf.Scalar {
  return mean(focals(logits, labels, options));
}

/** The loss of each row, (B): `focal` is their mean. */
export function focals(logits: tf.Tensor, labels: tf.Tensor, {gamma = 2, weights}: Options = {}): tf.Tensor1D {
  const {K} = shapes("focal", {logits: [logits, "B K"], labels: [labels, "B"]});
  if (!(gamma >= 0)) throw new RangeError(`focal: expected gamma ≥ 0, got ${gamma}`);
  if (weights && weights.length !== K) throw new RangeError(`focal: expected ${K} weights, got ${weights.length}`);
  const onehot = tf.cast(tf.oneHot(labels as tf.Tensor1D, K), "float32"); // (B, K)
  const surprise = softmaxCrossEntropy(logits, onehot); // −ln p_y, (B)
  const others = sum(tf.mul(tf.softmax(logits), tf.sub(1, onehot)), [1]); // 1 − p_y without cancellation
  const missed = tf.maximum(others, least);
  const hardness = tf.exp(tf.mul(tf.log(missed), gamma)); // (1 − p_y)^γ
  const counted = tf.mul(hardness, surprise) as tf.Tensor1D;
  return weights ? tf.mul(counted, sum(tf.mul(onehot, weights), [1])) : counted;
}
