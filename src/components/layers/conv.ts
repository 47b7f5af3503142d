import * as tf from "@tensorflow/tfjs";
import type {Rng} from "../math/random.js";
import {conv2d} from "../ops/conv2d.js";
import {shapes} from "../tensor/shape.js";
import {kaimingNormal} from "./init.js";

/** `weight` (k, k, I, O) and, where there is one, `bias` (O). */
export type ConvParams = {weight: tf.Tensor} | {weight: tf.Tensor; bias: tf.Tensor};

interface Options {
  /** The filter's height and width. */
  kernel?: number;
  stride?: number;
  /** Zeros on every side; (kernel − 1) / 2 unless told, which keeps the size at stride 1. */
  padding?: number;
  bias?: boolean;
}

/**
 * Convolution (a correlation, as everywhere in the field): (B, H, W, I) → (B, H', W', O), H' = ⌊(H + 2p − k) / s⌋ + 1.
 *
 *   y[b, i, j, o] = Σ_{u, v, c} x[b, s i + u − p, s j + v − p, c] w[u, v, c, o]
 */
export function conv(
  inputs: number,
  outputs: number,
  {kernel = 3, stride = 1, padding = (kernel - 1) / 2, bias = false}: Options = {}
) {
  return {
    /** He-normal by fan out, torchvision's choice for ResNet, and a zero bias. He et al. 2015, eq. 14. */
    init(rng: Rng): ConvParams {
      const weight = kaimingNormal(rng, [kernel, kernel, inputs, outputs], {fan: "out"});
      return bias ? {weight, bias: tf.zeros([outputs])} : {weight};
    },
    /** @throws RangeError if x is not (B, H, W, I). */
    apply(params: ConvParams, x: tf.Tensor): tf.Tensor {
      shapes("conv", {x: [x, `B H W ${inputs}`]});
      const y = conv2d(x as tf.Tensor4D, params.weight as tf.Tensor4D, {stride, padding});
      return "bias" in params ? tf.add(y, params.bias) : y;
    }
  };
}
