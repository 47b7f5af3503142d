import * as tf from "@tensorflow/tfjs";
import {shapes} from "../tensor/shape.js";
import {backwardOnHeap, forwardOnHeap} from "./batchNormWasm.js";
import {defineOp} from "./op.js";

export type Forward = {x: tf.Tensor; weight: tf.Tensor; bias: tf.Tensor};
export type Backward = {dy: tf.Tensor; x: tf.Tensor; weight: tf.Tensor; mean: tf.Tensor; variance: tf.Tensor};
export type Epsilon = {epsilon: number};

const rows = (x: tf.Tensor) => x.shape.map((_, axis) => axis).slice(0, -1);

const backward = defineOp({
  name: "BatchNormGradient",
  plain({dy, x, weight, mean, variance}: Backward, {epsilon}: Epsilon): tf.Tensor[] {
    const deviation = tf.sqrt(tf.add(variance, epsilon)); // (C)
    const unit = tf.div(tf.sub(x, mean), deviation);
    const dWeight = tf.sum(tf.mul(dy, unit), rows(x)); // (C)
    const dBias = tf.sum(dy, rows(x)); // (C)
    const count = x.size / weight.size;
    const centred = tf.sub(dy, tf.add(tf.div(dBias, count), tf.mul(unit, tf.div(dWeight, count))));
    return [tf.mul(centred, tf.div(weight, deviation)), dWeight, dBias];
  },
  variants: {wasm: backwardOnHeap}
});

const normalise = defineOp({
  name: "BatchNorm",
  plain({x, weight, bias}: Forward, {epsilon}: Epsilon): tf.Tensor[] {
    const {mean, variance} = tf.moments(x, rows(x)); // (C)
    const unit = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, epsilon)));
    return [tf.add(tf.mul(unit, weight), bias), mean, variance];
  },
  variants: {wasm: forwardOnHeap},
  gradient: {
    inputs: ["x", "weight"],
    outputs: [false, true, true],
    rule([dy], {x, weight}, [mean, variance], {epsilon}) {
      const [dx, dWeight, dBias] = backward({dy, x, weight, mean, variance}, {epsilon});
      return {x: () => dx, weight: () => dWeight, bias: () => dBias};
    }
  }
});

/**
 * Batch normalisation by the batch's own statistics. Ioffe & Szegedy 2015, algorithm 1.
 *
 *   x̂ = (x − μ) / √(σ² + ε),   y = γ x̂ + β,   μ and σ² over all axes but the last, σ² biased
 *   ∂L/∂x = γ / √(σ² + ε) · [dy − mean(dy) − x̂ · mean(dy · x̂)],   ∂L/∂γ = Σ dy · x̂,   ∂L/∂β = Σ dy
 *
 * @param x (…, C).
 * @param weight (C) γ.
 * @param bias (C) β.
 * @param epsilon ε > 0, in the units of σ².
 * @returns y (…, C), μ (C), σ² (C). Gradients flow through y alone: μ and σ² are for running statistics.
 * @throws RangeError if the shapes differ or ε ≤ 0.
 */
export function batchNorm<T extends tf.Tensor>(
  x: T,
  weight: tf.Tensor,
  bias: tf.Tensor,
  epsilon: number
): [y: T, mean: tf.Tensor1D, variance: tf.Tensor1D] {
  shapes("batchNorm", {x: [x, "… C"], weight: [weight, "C"], bias: [bias, "C"]});
  if (!(epsilon > 0)) throw new RangeError(`batchNorm: expected epsilon > 0, got ${epsilon}`);
  return normalise({x, weight, bias}, {epsilon}) as [T, tf.Tensor1D, tf.Tensor1D];
}
