import * as tf from "@tensorflow/tfjs";
import {standardise} from "../ops/standardise.js";
import {shapes} from "../tensor/shape.js";
import type {NormParams} from "./batchNorm.js";

/**
 * Layer normalisation of the last axis: (…, D) → (…, D). Ba et al. 2016, eq. 4.
 *
 *   y = γ (x − μ) / √(σ² + ε) + β,   μ and σ² (biased) of each row
 */
export function layerNorm(features: number, {epsilon = 1e-5} = {}) {
  return {
    init(): NormParams {
      return {weight: tf.ones([features]), bias: tf.zeros([features])};
    },
    /** @throws RangeError if x's last axis is not D. */
    apply({weight, bias}: NormParams, x: tf.Tensor): tf.Tensor {
      shapes("layerNorm", {x: [x, `… ${features}`]});
      const rows = tf.reshape(x, [-1, 1, features]); // (R, 1, D)
      return tf.reshape(standardise(rows, weight, bias, {groups: 1, epsilon, centred: true}), x.shape);
    }
  };
}
