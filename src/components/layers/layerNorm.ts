import * as tf from "@tensorflow/tfjs";
import {mean} from "../ops/mean.js";
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
      const centred = tf.sub(x, mean(x, [-1], true));
      const variance = mean(tf.square(centred), [-1], true); // (…, 1)
      return tf.add(tf.mul(tf.div(centred, tf.sqrt(tf.add(variance, epsilon))), weight), bias);
    }
  };
}
