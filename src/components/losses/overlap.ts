import * as tf from "@tensorflow/tfjs";
import {mean, sum} from "../ops/mean.js";
import {agree} from "../tensor/shape.js";

interface Smoothed {
  /** Added to both sides of the fraction, so that an empty prediction of an empty mask is perfect. In pixels. */
  smoothing?: number;
}

/**
 * Dice loss, one minus the overlap of prediction and mask. Milletari et al. 2016 (V-Net), section 3, with `squared`.
 *
 *   ℓ = 1 − (2 Σ p g + s) / (Σ p + Σ g + s),   with squared: Σ p² + Σ g² below
 *
 * The sums are over an image. Background where p = 0 adds to neither side, however much there is; where p > 0 it adds to the
 * lower one: with one p for all pixels and a share f of foreground, ℓ ≥ 1 − 2 f / (1 + f) without s. 0 for a perfect mask.
 *
 * @param predictions p in [0, 1], (B, …).
 * @param masks g, 0 or 1, the same shape. Data.
 * @returns scalar in [0, 1], the mean over the images.
 * @throws RangeError if the shapes differ, or s < 0.
 */
export function dice(
  predictions: tf.Tensor,
  masks: tf.Tensor,
  {squared = false, smoothing = 1}: Smoothed & {squared?: boolean} = {}
): tf.Scalar {
  const {both, p, g} = sums("dice", predictions, masks, smoothing);
  const size = (x: tf.Tensor, total: tf.Tensor) => (squared ? ofImage(tf.square(x)) : total);
  const sizes = tf.add(size(predictions, p), size(masks, g));
  return lost(tf.mul(both, 2), sizes, smoothing);
}

/**
 * Intersection over union, the Jaccard index, as a loss. Rahman & Wang 2016, section 3.
 *
 *   ℓ = 1 − (Σ p g + s) / (Σ p + Σ g − Σ p g + s),   D = 2 J / (1 + J) for the indices of masks without smoothing
 *
 * Arguments, result and errors as `dice`.
 */
export function iou(predictions: tf.Tensor, masks: tf.Tensor, {smoothing = 1}: Smoothed = {}): tf.Scalar {
  const {both, p, g} = sums("iou", predictions, masks, smoothing);
  return lost(both, tf.sub(tf.add(p, g), both), smoothing);
}

/**
 * Tversky loss: false alarms and misses at different prices. Salehi et al. 2017, section 2.
 *
 *   ℓ = 1 − (TP + s) / (TP + α FP + β FN + s),   TP = Σ p g, FP = Σ p (1 − g), FN = Σ (1 − p) g
 *
 * α = β = ½ is Dice with twice the smoothing, 2 s; α = β = 1 is IoU with s. Arguments, result and errors as `dice`.
 */
export function tversky(
  predictions: tf.Tensor,
  masks: tf.Tensor,
  {alpha = 0.3, beta = 0.7, smoothing = 1}: Smoothed & {alpha?: number; beta?: number} = {}
): tf.Scalar {
  if (!(alpha >= 0 && beta >= 0))
    throw new RangeError(`tversky: expected alpha ≥ 0 and beta ≥ 0, got ${alpha} and ${beta}`);
  const {both, p, g} = sums("tversky", predictions, masks, smoothing);
  const wrong = tf.add(tf.mul(tf.sub(p, both), alpha), tf.mul(tf.sub(g, both), beta));
  return lost(both, tf.add(both, wrong), smoothing);
}

/** Σ p g, Σ p and Σ g of each image, (B). */
function sums(caller: string, predictions: tf.Tensor, masks: tf.Tensor, smoothing: number) {
  agree(caller, {predictions, masks});
  if (predictions.rank < 2)
    throw new RangeError(`${caller}: expected predictions (B, …), got (${predictions.shape.join(", ")})`);
  if (!(smoothing >= 0)) throw new RangeError(`${caller}: expected smoothing ≥ 0, got ${smoothing}`);
  return {both: ofImage(tf.mul(predictions, masks)), p: ofImage(predictions), g: ofImage(masks)};
}

const ofImage = (x: tf.Tensor): tf.Tensor => sum(tf.reshape(x, [x.shape[0], -1]), [1]);

const lost = (shared: tf.Tensor, all: tf.Tensor, smoothing: number): tf.Scalar =>
  mean(tf.sub(1, tf.div(tf.add(shared, smoothing), tf.add(all, smoothing))));
