import * as tf from "@tensorflow/tfjs";
import {standardise} from "../ops/standardise.js";
import {shapes} from "../tensor/shape.js";
import type {NormParams} from "./batchNorm.js";

/**
 * Group normalisation: (B, H, W, C) → (B, H, W, C). Wu & He 2018, eq. 1 and 7.
 *
 * Each image's channels are split into G groups of neighbours; μ and σ² (biased) are those of one group over H, W and its
 * channels. G = C is instance normalisation; G = 1 normalises over (H, W, C) together.
 *
 * @throws RangeError if G does not divide C.
 */
export function groupNorm(features: number, {groups = 32, epsilon = 1e-5} = {}) {
  if (features % groups) throw new RangeError(`groupNorm: expected groups that divide ${features}, got ${groups}`);
  return {
    init(): NormParams {
      return {weight: tf.ones([features]), bias: tf.zeros([features])};
    },
    /** @throws RangeError if x is not (B, H, W, C). */
    apply({weight, bias}: NormParams, x: tf.Tensor): tf.Tensor {
      const {B, H, W} = shapes("groupNorm", {x: [x, `B H W ${features}`]});
      const places = tf.reshape(x, [B, H * W, features]);
      return tf.reshape(standardise(places, weight, bias, {groups, epsilon, centred: true}), x.shape);
    }
  };
}
