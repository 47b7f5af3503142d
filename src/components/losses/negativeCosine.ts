import * as tf from "@tensorflow/tfjs";
import {l2Normalise} from "../ops/l2Normalise.js";
import {mean, sum} from "../ops/mean.js";
import {shapes} from "../tensor/shape.js";

/**
 * The negative cosine of rows, averaged. SimSiam, Chen & He 2021, eq. 1.
 *
 *   D(p, z) = −(1/B) Σᵢ pᵢ · zᵢ / (‖pᵢ‖ ‖zᵢ‖)
 *
 * @param p (B, D) and
 * @param z (B, D), any scale.
 * @returns scalar from −1, all rows parallel, to 1; about 0 for rows at random.
 * @throws RangeError if the shapes differ.
 */
export function negativeCosine(p: tf.Tensor, z: tf.Tensor): tf.Scalar {
  shapes("negativeCosine", {p: [p, "B D"], z: [z, "B D"]});
  return tf.neg(mean(sum(tf.mul(l2Normalise(p), l2Normalise(z)), [1]))) as tf.Scalar;
}
