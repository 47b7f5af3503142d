import * as tf from "@tensorflow/tfjs";
import {mean} from "../ops/mean.js";
import {softmaxCrossEntropy} from "../ops/softmaxCrossEntropy.js";

/**
 * What the teacher says of each view, and how sure it is. DINO, Caron et al. 2021, section 3.1.
 *
 *   P = softmax((g − c) / τ)
 *
 * Centring alone drives P to the uniform distribution, sharpening (τ small) alone to one prototype for all images; at both
 * collapses KL(P ‖ student) is 0, and the entropy tells them apart: log K and 0. Used together they balance.
 *
 * @param outputs g, (B, K).
 * @param centre c, (K).
 * @param temperature τ.
 * @returns P (B, K), and its mean entropy in nats.
 */
export function sharpened(
  outputs: tf.Tensor,
  centre: tf.Tensor,
  temperature: number | tf.Scalar
): {targets: tf.Tensor; entropy: tf.Scalar} {
  const logits = tf.div(tf.sub(outputs, centre), temperature);
  const targets = tf.softmax(logits);
  return {targets, entropy: mean(softmaxCrossEntropy(logits, targets))};
}

/** c ← m c + (1 − m) mean g over the batch. Caron et al. 2021, eq. 4. */
export const recentred = (centre: tf.Tensor, outputs: tf.Tensor, momentum: number): tf.Tensor =>
  tf.add(tf.mul(centre, momentum), tf.mul(mean(outputs, [0]), 1 - momentum));
