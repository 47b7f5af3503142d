import * as tf from "@tensorflow/tfjs";
import {matMul} from "../ops/matMul.js";
import {mean, sum} from "../ops/mean.js";
import {shapes} from "../tensor/shape.js";

/**
 * Triplet loss: an anchor is nearer to its positive than to its negative, by a margin. Schroff et al. 2015 (FaceNet), eq. 1–3.
 *
 *   ℓ = max(0, ‖a − p‖² − ‖a − n‖² + m);   where it is not 0: ∂ℓ/∂a = 2 (n − p), ∂ℓ/∂p = 2 (p − a), ∂ℓ/∂n = 2 (a − n)
 *
 * m at collapse. Without a bound on the length of the embeddings the margin means nothing: FaceNet's have length 1, and then
 * ‖a − p‖² = 2 − 2 cos.
 *
 * @param anchors (B, D) a.
 * @param positives (B, D) p.
 * @param negatives (B, D) n.
 * @param margin m > 0, in the unit of squared distance.
 * @returns scalar in that unit, the mean over the triplets.
 * @throws RangeError if the shapes differ, or m ≤ 0.
 */
export function triplet(
  anchors: tf.Tensor,
  positives: tf.Tensor,
  negatives: tf.Tensor,
  {margin = 0.2} = {}
): tf.Scalar {
  shapes("triplet", {anchors: [anchors, "B D"], positives: [positives, "B D"], negatives: [negatives, "B D"]});
  checkMargin(margin);
  const apart = (x: tf.Tensor) => sum(tf.square(tf.sub(anchors, x)), [1]); // (B)
  return mean(tf.relu(tf.add(tf.sub(apart(positives), apart(negatives)), margin)));
}

/** Which of a batch's triplets count. */
export type Mining = "all" | "semi-hard" | "hard";

const far = 1e9; // what is not to be chosen

/**
 * The triplet loss of the triplets that a batch holds: each record with another one of its class and one of another class.
 *
 * - all: every triplet with a loss above 0, their mean. Hermans et al. 2017, section 2 ("batch all", non-zero mean).
 * - semi-hard: for every anchor and positive, the nearest negative that is farther than the positive. FaceNet, section 3.2.
 * - hard: for every anchor, the farthest positive and the nearest negative. Hermans et al. 2017, eq. 5 ("batch hard").
 *
 * Anchors without a positive or a negative, and pairs without a semi-hard negative, are left out; 0 if none is left.
 *
 * @param embeddings (B, D).
 * @param labels (B) int32.
 * @returns scalar in the unit of squared distance. "all" takes B³ numbers.
 * @throws RangeError if the shapes differ, or m ≤ 0.
 */
export function minedTriplet(
  embeddings: tf.Tensor,
  labels: tf.Tensor,
  {margin = 0.2, mining = "semi-hard"}: {margin?: number; mining?: Mining} = {}
): tf.Scalar {
  const {B} = shapes("minedTriplet", {embeddings: [embeddings, "B D"], labels: [labels, "B"]});
  checkMargin(margin);
  const distances = squaredDistances(embeddings); // (B, B)
  const same = tf.cast(tf.equal(tf.reshape(labels, [B, 1]), tf.reshape(labels, [1, B])), "float32");
  const own = tf.cast(tf.oneHot(tf.range(0, B, 1, "int32") as tf.Tensor1D, B), "float32");
  const [positive, negative] = [tf.sub(same, own), tf.sub(1, same)]; // (B, B), 1 where it is one
  if (mining === "hard") {
    const farthest = tf.max(tf.sub(distances, tf.mul(tf.sub(1, positive), far)), 1); // (B)
    const nearest = tf.min(tf.add(distances, tf.mul(same, far)), 1);
    const whole = tf.mul(tf.max(positive, 1), tf.max(negative, 1)); // has both
    return meanWhere(tf.relu(tf.add(tf.sub(farthest, nearest), margin)), whole);
  }
  const toPositive = tf.expandDims(distances, 2); // (B, B, 1): anchor, positive
  const toNegative = tf.expandDims(distances, 1); // (B, 1, B): anchor, negative
  const violation = tf.add(tf.sub(toPositive, toNegative), margin); // (B, B, B)
  const triplets = tf.mul(tf.expandDims(positive, 2), tf.expandDims(negative, 1));
  if (mining === "all") {
    const active = tf.mul(triplets, tf.step(violation));
    return meanWhere(violation, active);
  }
  const farther = tf.mul(triplets, tf.step(tf.sub(toNegative, toPositive)));
  const worst = tf.max(tf.sub(violation, tf.mul(tf.sub(1, farther), far)), 2); // (B, B), the nearest negative's
  return meanWhere(tf.relu(worst), tf.max(farther, 2));
}

/** The mean of the values that count; 0 if none does. */
const meanWhere = (values: tf.Tensor, counts: tf.Tensor): tf.Scalar =>
  tf.div(sum(tf.mul(values, counts)), tf.maximum(sum(counts), 1));

/** ‖xᵢ − xⱼ‖² = ‖xᵢ‖² + ‖xⱼ‖² − 2 xᵢ · xⱼ, (B, B); rounding does not take it below 0. */
function squaredDistances(x: tf.Tensor): tf.Tensor {
  const lengths = sum(tf.square(x), [1], true); // (B, 1)
  const products = matMul(x, x, {transposeB: true});
  return tf.relu(tf.sub(tf.add(lengths, tf.transpose(lengths)), tf.mul(products, 2)));
}

function checkMargin(margin: number): void {
  if (!(margin > 0)) throw new RangeError(`triplet: expected margin > 0, got ${margin}`);
}
