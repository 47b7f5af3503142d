import * as tf from "@tensorflow/tfjs";
import type {Rng} from "../math/random.js";
import * as ops from "../ops/dropout.js";

/**
 * Inverted dropout: y = x · m / (1 − p), each m 0 with probability p and else 1. Srivastava et al. 2014, section 4.
 *
 * The mask is data: `noise` draws it on the host, so that a training step stays a function of its inputs.
 *
 * @param rate p, 0 ≤ p < 1.
 * @throws RangeError if the rate is outside [0, 1).
 */
export function dropout(rate: number) {
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`dropout: expected a rate in [0, 1), got ${rate}`);
  return {
    /** The factors m / (1 − p) of one batch. An axis of size 1 drops its whole slice: (B, 1, 1, C) drops channels. */
    noise(rng: Rng, shape: number[]): {data: Float32Array; shape: number[]} {
      const count = shape.reduce((product, size) => product * size, 1);
      const data = rng.uniform(count).map((u) => (u < rate ? 0 : 1 / (1 - rate)));
      return {data, shape};
    },
    /** Without a mask, as in evaluation, x itself. */
    apply(x: tf.Tensor, mask?: tf.Tensor): tf.Tensor {
      return mask ? ops.dropout(x, mask) : x;
    },
    /** c + dropout(x), the end of a residual branch; without a mask c + x. */
    add(c: tf.Tensor, x: tf.Tensor, mask?: tf.Tensor): tf.Tensor {
      return mask ? ops.dropout(x, mask, c) : tf.add(c, x);
    }
  };
}
