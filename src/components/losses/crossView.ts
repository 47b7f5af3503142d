import * as tf from "@tensorflow/tfjs";
import {mean} from "../ops/mean.js";
import {softmaxCrossEntropy} from "../ops/softmaxCrossEntropy.js";

/**
 * Cross-entropy between what the teacher says of some views and the student of others. DINO, Caron et al. 2021, eq. 3.
 *
 *   ℓ = mean over t, s ≠ t of  −Σₖ Pₜₖ log softmax(zₛ / τ)ₖ
 *
 * View t of the teacher and view t of the student show the same crop and are not compared. With n views of the student, each
 * of the teacher's takes part n − 1 times, so ℓ = H(P) + KL(P ‖ softmax(z / τ)), both averaged over the same pairs.
 *
 * @param targets the teacher's distributions P, (B, K) for each of its views; data, without a gradient.
 * @param logits the student's outputs z, (B, K) for each of its views, the teacher's views first.
 * @param temperature τ > 0 of the student.
 * @returns scalar in nats; log K when the student is uniform.
 * @throws RangeError for fewer than two views of the student, fewer than the teacher has, or τ ≤ 0.
 */
export function crossView(targets: tf.Tensor[], logits: tf.Tensor[], {temperature = 0.1} = {}): tf.Scalar {
  if (logits.length < Math.max(2, targets.length) || targets.length === 0)
    throw new RangeError(
      `crossView: expected at least 2 views of the student and those of the teacher, got ${logits.length} and ${targets.length}`
    );
  if (!(temperature > 0)) throw new RangeError(`crossView: expected temperature > 0, got ${temperature}`);
  const losses = logits.flatMap((z, s) => {
    const others = targets.filter((_, t) => t !== s);
    return others.length ? [mean(softmaxCrossEntropy(tf.div(z, temperature), tf.addN(others)))] : [];
  });
  return tf.div(tf.addN(losses), targets.length * (logits.length - 1)) as tf.Scalar;
}
