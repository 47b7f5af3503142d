import * as tf from "@tensorflow/tfjs";
import {sum} from "../ops/mean.js";
import {shapes} from "../tensor/shape.js";

/**
 * What the prototype tells about the image, I = H(P̄) − mean H(P) in nats: 0 wherever all images get one distribution, at most
 * ln K and the logarithm of the number of images.
 *
 * @param said P, (B, K): a distribution for each image.
 * @param mask (B): 1 for an image, 0 for a row that does not count.
 */
export function information(said: tf.Tensor, mask: tf.Tensor): tf.Scalar {
  shapes("information", {said: [said, "B K"], mask: [mask, "B"]});
  const part = tf.div(mask, sum(mask)); // (B)
  const average = sum(tf.mul(said, tf.expandDims(part, 1)), [0]); // (K)
  return tf.sub(entropies(average), sum(tf.mul(entropies(said), part)));
}

const tiny = 1e-30; // 0 ln 0 is 0

/** H of the last axis: (…, K) → (…). */
const entropies = (p: tf.Tensor): tf.Tensor => tf.neg(sum(tf.mul(p, tf.log(tf.maximum(p, tiny))), [p.rank - 1]));
