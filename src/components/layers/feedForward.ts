import type * as tf from "@tensorflow/tfjs";
import type {Rng} from "../math/random.js";
import {gelu} from "../ops/gelu.js";
import {dropout} from "./dropout.js";
import {xavierUniform} from "./init.js";
import {linear, type LinearParams} from "./linear.js";

export type FeedForwardParams = {fc1: LinearParams; fc2: LinearParams};

/**
 * The transformer's position-wise network: y = GELU(x W₁ + b₁) W₂ + b₂, (…, D) → (…, D). Vaswani et al. 2017, eq. 2.
 * paper: ReLU; GELU is what ViT took from BERT.
 *
 * @param hidden the width between the two maps.
 * @param rate the dropout after each of them; masks `drop1` and `drop2` come from `noise`.
 */
export function feedForward(width: number, hidden: number, {rate = 0} = {}) {
  const fc1 = linear(width, hidden, {weight: xavierUniform});
  const fc2 = linear(hidden, width, {weight: xavierUniform});
  const drop = dropout(rate);
  return {
    /** Glorot-uniform matrices and zero biases. */
    init(rng: Rng): FeedForwardParams {
      return {fc1: fc1.init(rng.fork("fc1")), fc2: fc2.init(rng.fork("fc2"))};
    },
    /** The masks for an input (…leading, D); none at rate 0. */
    noise(rng: Rng, leading: number[]): Record<string, {data: Float32Array; shape: number[]}> {
      if (rate === 0) return {};
      return {
        drop1: drop.noise(rng.fork("drop1"), [...leading, hidden]),
        drop2: drop.noise(rng.fork("drop2"), [...leading, width])
      };
    },
    /** @throws RangeError if x's last axis is not D. */
    apply(params: FeedForwardParams, x: tf.Tensor, {drop1, drop2}: Record<string, tf.Tensor> = {}): tf.Tensor {
      const h = drop.apply(gelu(fc1.apply(params.fc1, x)), drop1); // (…, hidden)
      return drop.apply(fc2.apply(params.fc2, h), drop2);
    }
  };
}
