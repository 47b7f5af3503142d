import * as tf from "@tensorflow/tfjs";
import type {NormParams} from "../layers/batchNorm.js";
import {depthwiseConv, type DepthwiseParams} from "../layers/depthwiseConv.js";
import {dropPath} from "../layers/dropPath.js";
import {normal, type Init} from "../layers/init.js";
import {layerNorm} from "../layers/layerNorm.js";
import {linear, type LinearParams} from "../layers/linear.js";
import type {Rng} from "../math/random.js";
import {gelu} from "../ops/gelu.js";

/** torchvision's names; numbers 1 and 4 of `block` are a transposition and GELU, which have no parameters. */
export type ConvnextBlockParams = {
  block: {0: DepthwiseParams; 2: NormParams; 3: LinearParams; 5: LinearParams};
  layer_scale: tf.Tensor;
};

/** The standard deviation of all first weights: Liu et al. 2022, appendix A.1, who cut the normal distribution at 2. */
export const small: Init = (rng, shape) => normal(rng, shape, 0.02);

interface Options {
  kernel?: number;
  /** The first value of every γ. */
  layerScale?: number;
  /** The probability of skipping the branch. */
  rate?: number;
}

/**
 * The block of ConvNeXt: (B, H, W, C) → (B, H, W, C). Liu et al. 2022, figure 4.
 *
 *   y = x + γ ⊙ W₂ gelu(W₁ LN(depthwise x)),   W₁ from C to 4 C, W₂ back
 *
 * One norm and one non-linearity a block, as in a transformer; the depthwise convolution stands where the attention is there.
 */
export function convnextBlock(channels: number, {kernel = 7, layerScale = 1e-6, rate = 0}: Options = {}) {
  const places = depthwiseConv(channels, {kernel, bias: true});
  const norm = layerNorm(channels, {epsilon: 1e-6});
  const [widen, narrow] = [
    linear(channels, 4 * channels, {weight: small}),
    linear(4 * channels, channels, {weight: small})
  ];
  const path = dropPath(rate);
  return {
    init(rng: Rng): ConvnextBlockParams {
      const weight = small(rng.fork("0"), [kernel, kernel, 1, channels]);
      return {
        block: {
          0: {weight, bias: tf.zeros([channels])},
          2: norm.init(),
          3: widen.init(rng.fork("3")),
          5: narrow.init(rng.fork("5"))
        },
        layer_scale: tf.fill([channels], layerScale)
      };
    },
    /** The mask of a batch, or none. */
    noise: (rng: Rng, batch: number) => path.noise(rng.fork("drop_path"), batch),
    apply({block, layer_scale: scale}: ConvnextBlockParams, x: tf.Tensor, mask?: tf.Tensor): tf.Tensor {
      const h = norm.apply(block[2], places.apply(block[0], x));
      const branch = narrow.apply(block[5], gelu(widen.apply(block[3], h)));
      return tf.add(x, path.apply(tf.mul(branch, scale), mask));
    }
  };
}
