import * as tf from "@tensorflow/tfjs";
import type {Rng} from "../math/random.js";
import {mean} from "../ops/mean.js";
import {silu} from "../ops/silu.js";
import {shapes} from "../tensor/shape.js";
import {linear, type LinearParams} from "./linear.js";

export type SqueezeParams = {fc1: LinearParams; fc2: LinearParams};

/**
 * Squeeze and excitation: channels are weighed by what the whole image shows, (B, H, W, C) → (B, H, W, C).
 * Hu et al. 2018, eq. 2 to 4.
 *
 *   z = mean over H and W of x,   s = σ(W₂ silu(W₁ z + b₁) + b₂),   y = s x
 *
 * paper: ReLU inside, and no biases; silu and biases are EfficientNet's.
 *
 * @param channels C.
 * @param squeezed the width between the two maps.
 * @throws RangeError if x's last axis is not C.
 */
export function squeezeExcitation(channels: number, squeezed: number) {
  const [fc1, fc2] = [linear(channels, squeezed), linear(squeezed, channels)];
  return {
    /** He-normal matrices and zero biases. */
    init: (rng: Rng): SqueezeParams => ({fc1: fc1.init(rng.fork("fc1")), fc2: fc2.init(rng.fork("fc2"))}),
    /** y, and the weights s (B, C), each between 0 and 1. */
    apply(params: SqueezeParams, x: tf.Tensor): [y: tf.Tensor, weights: tf.Tensor] {
      const {B} = shapes("squeezeExcitation", {x: [x, `B H W ${channels}`]});
      const z = mean(x, [1, 2]); // (B, C)
      const weights = tf.sigmoid(fc2.apply(params.fc2, silu(fc1.apply(params.fc1, z))));
      return [tf.mul(x, tf.reshape(weights, [B, 1, 1, channels])), weights];
    }
  };
}
