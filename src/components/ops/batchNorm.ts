import * as tf from "@tensorflow/tfjs";
import {shapes} from "../tensor/shape.js";
import {backwardOnHeap, forwardOnHeap} from "./batchNormWasm.js";
import {defineOp} from "./op.js";
import * as webgpu from "./webgpu/batchNorm.js";

export type Forward = {x: tf.Tensor; weight: tf.Tensor; bias: tf.Tensor};
export type Backward = {dy: tf.Tensor; x: tf.Tensor; weight: tf.Tensor; mean: tf.Tensor; variance: tf.Tensor};
/** What is added before the ReLU, and what came out of it. */
export type Fused = {plus: tf.Tensor};
export type FusedBackward = {y: tf.Tensor};
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
  variants: {wasm: backwardOnHeap, webgpu: webgpu.backward}
});

const normalise = defineOp({
  name: "BatchNorm",
  plain({x, weight, bias}: Forward, {epsilon}: Epsilon): tf.Tensor[] {
    const {mean, variance} = tf.moments(x, rows(x)); // (C)
    const unit = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, epsilon)));
    return [tf.add(tf.mul(unit, weight), bias), mean, variance];
  },
  variants: {wasm: forwardOnHeap, webgpu: webgpu.forward},
  gradient: {
    inputs: ["x", "weight"],
    outputs: [false, true, true],
    rule([dy], {x, weight}, [mean, variance], {epsilon}) {
      const [dx, dWeight, dBias] = backward({dy, x, weight, mean, variance}, {epsilon});
      return {x: () => dx, weight: () => dWeight, bias: () => dBias};
    }
  }
});

type Named = Record<string, tf.Tensor>;

const rectifiedBackward = defineOp({
  name: "BatchNormReluGradient",
  plain({dy, y, ...rest}: Backward & FusedBackward & Named, {epsilon, plus}: Epsilon & {plus: boolean}): tf.Tensor[] {
    const up = tf.mul(dy, tf.step(y));
    return [...backward({dy: up, ...(rest as Omit<Backward, "dy">)}, {epsilon}), ...(plus ? [up] : [])];
  },
  variants: {webgpu: (inputs, {epsilon, plus}) => webgpu.backward(inputs, {epsilon}, plus)}
});

const rectified = defineOp({
  name: "BatchNormRelu",
  plain({x, weight, bias, plus}: Forward & Partial<Fused> & Named, {epsilon}: Epsilon & {plus: boolean}): tf.Tensor[] {
    const [y, mean, variance] = normalise({x, weight, bias}, {epsilon});
    return [tf.relu(plus ? tf.add(y, plus) : y), mean, variance];
  },
  variants: {webgpu: (inputs, {epsilon}) => webgpu.forward(inputs, {epsilon}, true)},
  gradient: {
    inputs: ["x", "weight"],
    outputs: [true, true, true],
    rule([dy], {x, weight}, [y, mean, variance], attributes) {
      const [dx, dWeight, dBias, dPlus] = rectifiedBackward({dy, x, weight, mean, variance, y}, attributes);
      return {x: () => dx, weight: () => dWeight, bias: () => dBias, plus: () => dPlus};
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
 * @param options with `relu`, y is max(0, γ x̂ + β + plus), one pass over the images instead of three.
 * @returns y (…, C), μ (C), σ² (C). Gradients flow through y alone: μ and σ² are for running statistics.
 * @throws RangeError if the shapes differ or ε ≤ 0.
 */
export function batchNorm<T extends tf.Tensor>(
  x: T,
  weight: tf.Tensor,
  bias: tf.Tensor,
  epsilon: number,
  {relu = false, plus}: {relu?: boolean; plus?: T} = {}
): [y: T, mean: tf.Tensor1D, variance: tf.Tensor1D] {
  shapes("batchNorm", {x: [x, "… C"], weight: [weight, "C"], bias: [bias, "C"]});
  if (!(epsilon > 0)) throw new RangeError(`batchNorm: expected epsilon > 0, got ${epsilon}`);
  if (plus && String(plus.shape) !== String(x.shape))
    throw new RangeError(`batchNorm: expected plus (${x.shape.join(", ")}), got (${plus.shape.join(", ")})`);
  if (relu)
    return rectified({x, weight, bias, ...(plus && {plus})}, {epsilon, plus: plus !== undefined}) as [T, tf.Tensor1D, tf.Tensor1D]; // prettier-ignore
  const [y, mean, variance] = normalise({x, weight, bias}, {epsilon});
  return [plus ? tf.add(y, plus) : y, mean, variance] as [T, tf.Tensor1D, tf.Tensor1D];
}
