import * as tf from "@tensorflow/tfjs";
import {l2Normalise} from "../ops/l2Normalise.js";
import {matMul} from "../ops/matMul.js";
import {mean, sum} from "../ops/mean.js";
import {softmaxCrossEntropy} from "../ops/softmaxCrossEntropy.js";
import {shapes} from "../tensor/shape.js";

/**
 * InfoNCE with negatives of their own: which of K + 1 keys belongs to the query? van den Oord et al. 2018, eq. 4, in the
 * form of MoCo, He et al. 2020, eq. 1.
 *
 *   ℓ = −log [ exp(q · k₊ / τ) / (exp(q · k₊ / τ) + Σᵢ exp(q · kᵢ / τ)) ],   all vectors scaled to length 1
 *
 * log(K + 1) when all keys are equal; at least log(1 + K exp(−2 / τ)), when k₊ = q and all negatives are −q. log(K + 1) − ℓ
 * bounds the mutual information of query and key from below.
 *
 * @param queries (B, D) q, any scale.
 * @param keys (B, D) k₊; row i is the positive of query i.
 * @param negatives (K, D), the same for every query.
 * @param temperature τ > 0, dimensionless.
 * @returns scalar in nats, the mean over the queries. Whether gradients flow into keys and negatives is the caller's choice.
 * @throws RangeError if the shapes do not fit, or τ ≤ 0.
 */
export function infoNce(
  queries: tf.Tensor,
  keys: tf.Tensor,
  negatives: tf.Tensor,
  options: {temperature?: number} = {}
): tf.Scalar {
  return mean(infoNces(queries, keys, negatives, options));
}

/** The loss of each query, (B): `infoNce` is their mean. */
export function infoNces(
  queries: tf.Tensor,
  keys: tf.Tensor,
  negatives: tf.Tensor,
  {temperature = 0.2} = {}
): tf.Tensor1D {
  const {B, K} = shapes("infoNce", {queries: [queries, "B D"], keys: [keys, "B D"], negatives: [negatives, "K D"]});
  if (!(temperature > 0)) throw new RangeError(`infoNce: expected temperature > 0, got ${temperature}`);
  const first = tf.concat([tf.ones([B, 1]), tf.zeros([B, K])], 1);
  return softmaxCrossEntropy(tf.div(cosines(queries, keys, negatives), temperature), first);
}

/** Whether each query's nearest key is its positive, (B), 1 or 0. Chance is 1 / (K + 1). */
export const found = (queries: tf.Tensor, keys: tf.Tensor, negatives: tf.Tensor): tf.Tensor =>
  tf.cast(tf.equal(tf.argMax(cosines(queries, keys, negatives), 1), 0), "float32");

/** Of each query with its positive, then with the negatives, (B, 1 + K). */
function cosines(queries: tf.Tensor, keys: tf.Tensor, negatives: tf.Tensor): tf.Tensor {
  const [q, positive, others] = [queries, keys, negatives].map((x) => l2Normalise(x));
  const near = sum(tf.mul(q, positive), [1], true); // (B, 1)
  return tf.concat([near, matMul(q, others, {transposeB: true})], 1);
}
