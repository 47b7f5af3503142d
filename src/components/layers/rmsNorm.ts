import * as tf from "@tensorflow/tfjs";
import {standardise} from "../ops/standardise.js";
import {shapes} from "../tensor/shape.js";

/** Scale γ (D). */
export type RmsNormParams = {weight: tf.Tensor};

/**
 * Root-mean-square normalisation of the last axis: (…, D) → (…, D). Zhang & Sennrich 2019, eq. 4.
 *
 *   y = γ x / √(mean(x²) + ε)
 *
 * It ignores the scale of x, like layer normalisation, but not a shift.
 */
export function rmsNorm(features: number, {epsilon = 1e-6} = {}) {
  return {
    init(): RmsNormParams {
      return {weight: tf.ones([features])};
    },
    /** @throws RangeError if x's last axis is not D. */
    apply({weight}: RmsNormParams, x: tf.Tensor): tf.Tensor {
      shapes("rmsNorm", {x: [x, `… ${features}`]});
      const rows = tf.reshape(x, [-1, 1, features]); // (R, 1, D)
      return tf.reshape(standardise(rows, weight, null, {groups: 1, epsilon, centred: false}), x.shape);
    }
  };
}
