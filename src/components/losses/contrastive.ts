import * as tf from "@tensorflow/tfjs";
import {mean, sum} from "../ops/mean.js";
import {shapes} from "../tensor/shape.js";

/** The square of the least distance that has a direction: nearer points are not pushed. */
const least = 1e-12;

/**
 * Contrastive loss of pairs: alike ones are drawn together, others pushed to a margin. Hadsell, Chopra & LeCun 2006, eq. 4.
 *
 *   ℓ = ½ y D² + ½ (1 − y) max(0, m − D)²,   D = ‖x₁ − x₂‖;   ∂ℓ/∂x₁ = x₁ − x₂,  or −(m − D) (x₁ − x₂) / D within the margin
 *
 * paper: Y is 0 for alike; here y is 1. At collapse, D = 0, unlike pairs cost m² / 2, and have no direction to leave it by.
 *
 * @param first (B, D) x₁.
 * @param second (B, D) x₂; row i is paired with x₁'s row i.
 * @param alike (B) y, 1 or 0. Data.
 * @param margin m > 0, in the unit of distance.
 * @returns scalar, in the square of that unit, the mean over the pairs.
 * @throws RangeError if the shapes differ, or m ≤ 0.
 */
export function contrastive(first: tf.Tensor, second: tf.Tensor, alike: tf.Tensor, {margin = 1} = {}): tf.Scalar {
  shapes("contrastive", {first: [first, "B D"], second: [second, "B D"], alike: [alike, "B"]});
  if (!(margin > 0)) throw new RangeError(`contrastive: expected margin > 0, got ${margin}`);
  const squared = sum(tf.square(tf.sub(first, second)), [1]); // (B)
  const distance = tf.sqrt(tf.maximum(squared, least));
  const near = tf.square(tf.maximum(tf.sub(margin, distance), 0));
  const y = tf.cast(alike, "float32");
  return mean(tf.mul(tf.add(tf.mul(y, squared), tf.mul(tf.sub(1, y), near)), 0.5));
}

/**
 * The share of the pairs that are not alike which are nearer than the margin, and so still pushed: 1 at collapse, 0 when all
 * keep it or there is none. To be watched, not minimised. Arguments and errors as `contrastive`.
 */
export function activePairs(first: tf.Tensor, second: tf.Tensor, alike: tf.Tensor, {margin = 1} = {}): tf.Scalar {
  shapes("activePairs", {first: [first, "B D"], second: [second, "B D"], alike: [alike, "B"]});
  if (!(margin > 0)) throw new RangeError(`activePairs: expected margin > 0, got ${margin}`);
  const squared = sum(tf.square(tf.sub(first, second)), [1]); // (B)
  const unlike = tf.sub(1, tf.cast(alike, "float32"));
  const near = tf.mul(unlike, tf.step(tf.sub(margin * margin, squared)));
  return tf.div(sum(near), tf.maximum(sum(unlike), 1));
}
