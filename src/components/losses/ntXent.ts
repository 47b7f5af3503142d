import * as tf from "@tensorflow/tfjs";
import {l2Normalise} from "../ops/l2Normalise.js";
import {matMul} from "../ops/matMul.js";
import {mean} from "../ops/mean.js";
import {softmaxCrossEntropy} from "../ops/softmaxCrossEntropy.js";
import {shapes} from "../tensor/shape.js";

/** What takes a logit out of a softmax: its exponential is 0 in float32, and no gradient becomes NaN, as −∞ would make it. */
const out = 1e9;

/**
 * Normalised-temperature cross-entropy (NT-Xent). SimCLR, Chen et al. 2020, eq. 1.
 *
 *   ℓ(i, j) = −log [ exp(sᵢⱼ / τ) / Σ_{k≠i} exp(sᵢₖ / τ) ],   s = cosine similarity
 *   ∂ℓ/∂sᵢₖ = (pᵢₖ − [k = j]) / τ,   p the softmax over k ≠ i
 *
 * log(2B − 1) when all rows are equal; at least log(1 + (2B − 2) exp(−(1 + 1 / (B − 1)) / τ)), when partners coincide and the
 * B pairs form a simplex, which needs D ≥ B − 1.
 *
 * @param z1 (B, D) projections of each image's first view; any scale.
 * @param z2 (B, D) projections of its second view; row i is the partner of z1's row i.
 * @param temperature τ > 0, dimensionless.
 * @returns scalar in nats, the mean over 2B anchors.
 * @throws RangeError if the shapes differ, or τ ≤ 0.
 */
export function ntXent(z1: tf.Tensor, z2: tf.Tensor, {temperature = 0.5} = {}): tf.Scalar {
  return mean(ntXents(z1, z2, {temperature}));
}

interface Padded {
  /** (B), 0 for pairs that are padding: nobody's negatives. What is said of them means nothing. */
  mask?: tf.Tensor;
}

/** The loss of each view, (2B), first views first: `ntXent` is their mean. */
export function ntXents(
  z1: tf.Tensor,
  z2: tf.Tensor,
  {temperature = 0.5, mask}: Padded & {temperature?: number} = {}
): tf.Tensor1D {
  const {B} = shapes("ntXent", {z1: [z1, "B D"], z2: [z2, "B D"]});
  if (!(temperature > 0)) throw new RangeError(`ntXent: expected temperature > 0, got ${temperature}`);
  return softmaxCrossEntropy(tf.div(similarities(z1, z2, mask), temperature), partners(B));
}

/** Whether each view's nearest other view is its partner, (2B), 1 or 0. Chance is 1 / (2B − 1). */
export function matched(z1: tf.Tensor, z2: tf.Tensor, {mask}: Padded = {}): tf.Tensor {
  const {B} = shapes("matched", {z1: [z1, "B D"], z2: [z2, "B D"]});
  const nearest = tf.argMax(similarities(z1, z2, mask), 1);
  return tf.cast(tf.equal(nearest, partnerOf(B)), "float32");
}

/** Cosines between all views, (2B, 2B), without the diagonal, for a view is not its own negative, and without padding. */
function similarities(z1: tf.Tensor, z2: tf.Tensor, mask?: tf.Tensor): tf.Tensor {
  const unit = l2Normalise(tf.concat([z1, z2])); // (2B, D)
  const own = onehot(tf.range(0, unit.shape[0], 1, "int32"));
  const absent = mask ? tf.maximum(own, tf.sub(1, tf.concat([mask, mask]))) : own; // (2B, 2B), 1 where taken out
  return tf.sub(matMul(unit, unit, {transposeB: true}), tf.mul(absent, out));
}

/** i ↔ i + B. */
const partnerOf = (B: number) => tf.concat([tf.range(B, 2 * B, 1, "int32"), tf.range(0, B, 1, "int32")]) as tf.Tensor1D;

const partners = (B: number) => onehot(partnerOf(B)); // (2B, 2B)

const onehot = (rows: tf.Tensor1D) => tf.cast(tf.oneHot(rows, rows.size), "float32");
