import * as tf from "@tensorflow/tfjs";
import * as ops from "../ops/batchNorm.js";
import {combine} from "../ops/combine.js";
import {relu as rectify} from "../ops/relu.js";
import {shapes} from "../tensor/shape.js";

/** Scale γ and shift β, each (C). */
export type NormParams = {weight: tf.Tensor; bias: tf.Tensor};

/** What evaluation normalises by, each (C). The names are torch's. */
export type BatchStats = {running_mean: tf.Tensor; running_var: tf.Tensor};

/**
 * Batch normalisation of the last axis: (…, C) → (…, C). Ioffe & Szegedy 2015, algorithms 1 and 2.
 *
 *   y = γ (x − μ) / √(σ² + ε) + β
 *
 * In training μ and σ² (biased) are those of the batch over all other axes, and the running statistics move towards them:
 * r ← (1 − momentum) r + momentum · batch, where the variance enters unbiased, as torch has it. Evaluation uses r.
 * With `relu`, the output is max(0, y), which the same pass over x computes.
 */
export function batchNorm(features: number, {epsilon = 1e-5, momentum = 0.1} = {}) {
  return {
    init(): {params: NormParams; stats: BatchStats} {
      return {
        params: {weight: tf.ones([features]), bias: tf.zeros([features])},
        stats: {running_mean: tf.zeros([features]), running_var: tf.ones([features])}
      };
    },
    /** @throws RangeError if x's last axis is not C, or if in training there is one value per channel. */
    apply(
      {weight, bias}: NormParams,
      stats: BatchStats,
      x: tf.Tensor,
      {training = false, relu = false} = {}
    ): [y: tf.Tensor, stats: BatchStats] {
      shapes("batchNorm", {x: [x, `… ${features}`]});
      if (!training) {
        const scale = tf.div(weight, tf.sqrt(tf.add(stats.running_var, epsilon))); // (C)
        const shift = tf.sub(bias, tf.mul(stats.running_mean, scale)); // (C)
        const y = tf.add(tf.mul(x, scale), shift);
        return [relu ? rectify(y) : y, stats];
      }
      const count = x.size / features;
      if (count < 2) throw new RangeError(`batchNorm: expected at least 2 values per channel, got ${count}`);
      const [y, mean, variance] = ops.batchNorm(x, weight, bias, epsilon, {relu});
      const towards = (running: tf.Tensor, batch: tf.Tensor, factor: number) =>
        combine(running, 1 - momentum, batch, momentum * factor);
      return [
        y,
        {
          running_mean: towards(stats.running_mean, mean, 1),
          running_var: towards(stats.running_var, variance, count / (count - 1))
        }
      ];
    }
  };
}
