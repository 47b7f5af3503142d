import * as tf from "@tensorflow/tfjs";
import {l2Normalise} from "../ops/l2Normalise.js";
import {mean} from "../ops/mean.js";

/**
 * How much embeddings spread over the sphere: 1 for directions drawn uniformly, 0 when all are the same, a collapse.
 *
 *   √D · mean over axes of the standard deviation, over the batch, of z / ‖z‖
 *
 * @param z (B, D) embeddings, any scale; the value is the same for all of them scaled.
 */
export function spread(z: tf.Tensor): tf.Scalar {
  const unit = l2Normalise(z); // (B, D)
  const apart = tf.sub(unit, mean(unit, [0], true));
  const deviation = tf.sqrt(mean(tf.square(apart), [0])); // (D)
  return tf.mul(mean(deviation), Math.sqrt(z.shape[1]!));
}
