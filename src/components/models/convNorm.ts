import type * as tf from "@tensorflow/tfjs";
import {batchNorm, type BatchStats, type NormParams} from "../layers/batchNorm.js";
import type {ConvParams} from "../layers/conv.js";
import type {Rng} from "../math/random.js";
import type {Mode} from "./model.js";

/** The filter `0` and its norm `1`: torchvision's names for a convolution with what follows it. */
export type ConvNormParams = {0: ConvParams; 1: NormParams};
export type ConvNormStats = {1: BatchStats};

/** A dense or a depthwise convolution, as the layers make them. */
export interface Filter {
  init(rng: Rng): ConvParams;
  apply(params: ConvParams, x: tf.Tensor): tf.Tensor;
}

/** A convolution, batch normalisation of its channels, and a non-linearity: y = f(bn(conv x)). */
export function convNorm(filter: Filter, channels: number, nonlinearity: (y: tf.Tensor) => tf.Tensor = (y) => y) {
  const norm = batchNorm(channels);
  return {
    init(rng: Rng): {params: ConvNormParams; stats: ConvNormStats} {
      const {params, stats} = norm.init();
      return {params: {0: filter.init(rng), 1: params}, stats: {1: stats}};
    },
    apply(
      params: ConvNormParams,
      stats: ConvNormStats,
      x: tf.Tensor,
      {training}: Mode = {}
    ): [y: tf.Tensor, stats: ConvNormStats] {
      const [y, moved] = norm.apply(params[1], stats[1], filter.apply(params[0], x), {training});
      return [nonlinearity(y), {1: moved}];
    }
  };
}
