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
 * - semi-hard: for every anchor and positive the nearest negative that is farther than the positive. FaceNet, section 3.2,
 *   eq. 4. Where that one is beyond the margin the pair's loss is 0. The mean is over all pairs with a farther negative, these
 *   zeros among them. paper: a sum; and TensorFlow's version takes the farthest negative where none is farther than the positive.
 * - hard: for every anchor, the farthest positive and the nearest negative. Hermans et al. 2017, eq. 5 ("batch hard").
 *
 * Anchors without a positive or a negative, and with "semi-hard" pairs without a farther negative, are left out; 0 if none is
 * left. So at collapse, where no distance exceeds another, "all" and "hard" are m, but "semi-hard" is 0.
 *
 * @param embeddings (B, D).
 * @param labels (B) int32.
 * @returns scalar in the unit of squared distance. "all" and "semi-hard" take B³ numbers.
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
  const [positive, negative] = others(labels, B);
  if (mining === "hard") {
    const farthest = tf.max(tf.sub(distances, tf.mul(tf.sub(1, positive), far)), 1); // (B)
    const nearest = tf.min(tf.add(distances, tf.mul(tf.sub(1, negative), far)), 1);
    const whole = tf.mul(tf.max(positive, 1), tf.max(negative, 1)); // has both
    return meanWhere(tf.relu(tf.add(tf.sub(farthest, nearest), margin)), whole);
  }
  const gaps = gapsOf(distances); // (B, B, B)
  const violation = tf.add(gaps, margin);
  const triplets = tf.mul(tf.expandDims(positive, 2), tf.expandDims(negative, 1));
  if (mining === "all") return meanWhere(violation, tf.mul(triplets, tf.step(violation)));
  const farther = tf.mul(triplets, tf.step(tf.neg(gaps)));
  const worst = tf.max(tf.sub(violation, tf.mul(tf.sub(1, farther), far)), 2); // (B, B), the nearest negative's
  return meanWhere(tf.relu(worst), tf.max(farther, 2));
}

/**
 * The share of a batch's triplets whose loss is not 0, whatever the mining: what the margin leaves to learn from. 1 at
 * collapse; 0 when every triplet keeps the margin, or there is none. To be watched, not minimised: it has no slope.
 *
 * @param embeddings (B, D).
 * @param labels (B) int32.
 * @returns scalar from 0 to 1. Takes B³ numbers.
 * @throws RangeError if the shapes differ, or m ≤ 0.
 */
export function activeTriplets(embeddings: tf.Tensor, labels: tf.Tensor, {margin = 0.2} = {}): tf.Scalar {
  const {B} = shapes("activeTriplets", {embeddings: [embeddings, "B D"], labels: [labels, "B"]});
  checkMargin(margin);
  const [positive, negative] = others(labels, B);
  const triplets = tf.mul(tf.expandDims(positive, 2), tf.expandDims(negative, 1)); // (B, B, B)
  return meanWhere(tf.step(tf.add(gapsOf(squaredDistances(embeddings)), margin)), triplets);
}

/** 1 where the second record is another one of the first's class, and where it is of another class, (B, B) both. */
function others(labels: tf.Tensor, B: number): [positive: tf.Tensor, negative: tf.Tensor] {
  const same = tf.cast(tf.equal(tf.reshape(labels, [B, 1]), tf.reshape(labels, [1, B])), "float32");
  const own = tf.cast(tf.oneHot(tf.range(0, B, 1, "int32") as tf.Tensor1D, B), "float32");
  return [tf.sub(same, own), tf.sub(1, same)];
}

/** ‖a − p‖² − ‖a − n‖² by anchor, positive and negative, (B, B, B). */
const gapsOf = (distances: tf.Tensor): tf.Tensor => tf.sub(tf.expandDims(distances, 2), tf.expandDims(distances, 1));

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
