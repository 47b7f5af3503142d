import * as tf from "@tensorflow/tfjs";
import type {Rng} from "../math/random.js";
import {depthwiseConv2d} from "../ops/depthwiseConv2d.js";
import {shapes} from "../tensor/shape.js";
import {normal} from "./init.js";

/** `weight` (k, k, 1, C) and, where there is one, `bias` (C). */
export type DepthwiseParams = {weight: tf.Tensor} | {weight: tf.Tensor; bias: tf.Tensor};

interface Options {
  /** The filters' height and width, odd. */
  kernel?: number;
  stride?: number;
  bias?: boolean;
}

/**
 * Depthwise convolution: each channel has a filter of its own, (B, H, W, C) → (B, ⌈H / s⌉, ⌈W / s⌉, C).
 *
 *   y[b, i, j, c] = Σ_{u, v} x[b, s i + u − p, s j + v − p, c] w[u, v, 0, c],   p = (k − 1) / 2
 *
 * It mixes places and no channels; a 1 × 1 convolution behind it mixes channels and no places. Together they cost
 * k² C + C O multiplications a place, where a full convolution costs k² C O. Howard et al. 2017, section 3.1.
 *
 * @throws RangeError if the kernel is even: such a filter has no middle.
 */
export function depthwiseConv(channels: number, {kernel = 3, stride = 1, bias = false}: Options = {}) {
  if (kernel % 2 !== 1) throw new RangeError(`depthwiseConv: expected an odd kernel, got ${kernel}`);
  return {
    /** N(0, 2 / k²), He-normal: one output sums over k² inputs, and one input reaches k² outputs. And a zero bias. */
    init(rng: Rng): DepthwiseParams {
      const weight = normal(rng, [kernel, kernel, 1, channels], Math.SQRT2 / kernel);
      return bias ? {weight, bias: tf.zeros([channels])} : {weight};
    },
    /** @throws RangeError if x is not (B, H, W, C). */
    apply(params: DepthwiseParams, x: tf.Tensor): tf.Tensor {
      shapes("depthwiseConv", {x: [x, `B H W ${channels}`]});
      const y = depthwiseConv2d(x, params.weight, {stride, padding: (kernel - 1) / 2});
      return "bias" in params ? tf.add(y, params.bias) : y;
    }
  };
}
