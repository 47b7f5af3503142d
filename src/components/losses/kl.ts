import * as tf from "@tensorflow/tfjs";
import {mean, sum} from "../ops/mean.js";
import {softmaxCrossEntropy} from "../ops/softmaxCrossEntropy.js";
import {shapes} from "../tensor/shape.js";

/** The least number whose logarithm is taken: 0 · ln 0 is then 0, as its limit. */
const least = 1e-37;

/**
 * Kullback–Leibler divergence of class distributions: how many nats the softmax wastes on what the targets say.
 *
 *   ℓ = KL(t ‖ p) = Σₖ tₖ ln(tₖ / pₖ) = −Σₖ tₖ ln pₖ − H(t),   p = softmax(z),   ∂ℓ/∂z = (p − t) / B
 *
 * 0 exactly where p = t, else above it. Its gradient is that of the cross-entropy with the same targets; the value differs by
 * their entropy.
 *
 * @param logits (B, K) z, any scale.
 * @param targets (B, K) t, rows that sum to 1. Data: their gradient is 0.
 * @returns scalar in nats, the mean over the batch.
 * @throws RangeError if the shapes differ.
 */
export function kl(logits: tf.Tensor, targets: tf.Tensor): tf.Scalar {
  shapes("kl", {logits: [logits, "B K"], targets: [targets, "B K"]});
  const entropy = tf.neg(sum(tf.mul(targets, tf.log(tf.maximum(targets, least))), [1])); // (B)
  return mean(tf.sub(softmaxCrossEntropy(logits, targets), entropy));
}
