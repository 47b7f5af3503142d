import * as tf from "@tensorflow/tfjs";
import type {Rng} from "../math/random.js";
import {dropout} from "./dropout.js";

/**
 * Stochastic depth: an image skips the whole branch with probability p. Huang et al. 2016, section 3.
 *
 *   y = b · F(x) / (1 − p),   b = 0 with probability p and else 1, one draw for each image
 *
 * paper: F(x) is scaled by 1 − p in evaluation; here, as in all later code, by 1 / (1 − p) in training: the same in the mean.
 *
 * @param rate p, 0 ≤ p < 1.
 * @throws RangeError if the rate is outside [0, 1).
 */
export function dropPath(rate: number) {
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`dropPath: expected a rate in [0, 1), got ${rate}`);
  const drop = dropout(rate);
  return {
    /** The factors b / (1 − p) of a batch, (B, 1, 1, 1); none at rate 0, which leaves the branch as it is. */
    noise(rng: Rng, batch: number): {data: Float32Array; shape: number[]} | undefined {
      return rate > 0 ? drop.noise(rng, [batch, 1, 1, 1]) : undefined;
    },
    /** @param branch F(x), (B, H, W, C). Without a mask, as in evaluation, F(x) itself. */
    apply: (branch: tf.Tensor, mask?: tf.Tensor): tf.Tensor => drop.apply(branch, mask)
  };
}
