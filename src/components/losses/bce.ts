import * as tf from "@tensorflow/tfjs";
import {mean} from "../ops/mean.js";
import {softmaxCrossEntropy} from "../ops/softmaxCrossEntropy.js";
import {agree} from "../tensor/shape.js";

/**
 * Binary cross-entropy from logits: each element is a yes or no of its own.
 *
 *   ℓ = −t ln σ(z) − (1 − t) ln(1 − σ(z)),   ∂ℓ/∂z = (σ(z) − t) / n
 *
 * It is the cross-entropy of two classes with logits (z, 0), and computed so: nothing overflows, and the slope at z = 0 is right.
 *
 * @param logits z, any shape and scale.
 * @param targets t in [0, 1], the same shape. Data: their gradient is 0.
 * @returns scalar in nats, the mean over all n elements; ln 2 at z = 0.
 * @throws RangeError if the shapes differ.
 */
export function bce(logits: tf.Tensor, targets: tf.Tensor): tf.Scalar {
  agree("bce", {logits, targets});
  const [z, t] = [logits, targets].map((x) => tf.reshape(x, [-1, 1])); // (n, 1)
  const both = (yes: tf.Tensor, no: tf.Tensor) => tf.concat([yes, no], 1); // (n, 2)
  return mean(softmaxCrossEntropy(both(z, tf.zerosLike(z)), both(t, tf.sub(1, t))));
}
