import * as tf from "@tensorflow/tfjs";
import type {Rng} from "../math/random.js";
import {sinusoids} from "../math/sinusoids.js";
import {shapes} from "../tensor/shape.js";
import {normal} from "./init.js";

/** Learned positions, (B, T, D) → (B, T, D): y[b, t] = x[b, t] + E[t], one free row for each of T places. */
export function learnedPositions(tokens: number, width: number) {
  return {
    /** E as (1, T, D), N(0, 0.02²): a leaf of its own, as timm's `pos_embed`. */
    init(rng: Rng): tf.Tensor {
      return normal(rng, [1, tokens, width], 0.02);
    },
    /** @throws RangeError if x is not (B, T, D). */
    apply(encoding: tf.Tensor, x: tf.Tensor): tf.Tensor {
      shapes("learnedPositions", {x: [x, `B ${tokens} ${width}`]});
      return tf.add(x, encoding);
    }
  };
}

/** Fixed positions, (B, T, D) → (B, T, D) for any T: the table of `sinusoids` added. Nothing is learnt. */
export function sinusoidalPositions(width: number) {
  return {
    /** @throws RangeError if x is not (B, T, D), or D is odd. */
    apply(x: tf.Tensor): tf.Tensor {
      const {T} = shapes("sinusoidalPositions", {x: [x, `B T ${width}`]});
      return tf.add(x, tf.tensor(Float32Array.from(sinusoids(T, width)), [T, width]));
    }
  };
}
