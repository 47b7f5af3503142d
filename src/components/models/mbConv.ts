import * as tf from "@tensorflow/tfjs";
import {conv} from "../layers/conv.js";
import {depthwiseConv} from "../layers/depthwiseConv.js";
import {dropPath} from "../layers/dropPath.js";
import {squeezeExcitation, type SqueezeParams} from "../layers/squeezeExcitation.js";
import type {Rng} from "../math/random.js";
import {silu} from "../ops/silu.js";
import {convNorm, type ConvNormParams, type ConvNormStats} from "./convNorm.js";
import {squeezedOf} from "./mbPlan.js";

/** torchvision's names: the parts of `block` are numbered, and without the expansion the numbers begin with the depthwise. */
export type MbConvParams = {block: {[index: string]: ConvNormParams | SqueezeParams}};
export type MbConvStats = {block: {[index: string]: ConvNormStats}};

interface Shape {
  inputs: number;
  channels: number;
  expand: number;
  kernel: number;
  stride: number;
}

/**
 * The mobile inverted bottleneck with squeeze and excitation: (B, H, W, I) → (B, ⌈H / s⌉, ⌈W / s⌉, O).
 * Sandler et al. 2018, section 3.2 and figure 4d; Tan & Le 2019, table 1.
 *
 *   h = silu(bn(W₁ x)),   h = silu(bn(depthwise h)),   h = SE(h),   y = bn(W₂ h) (+ x where shapes agree)
 *
 * W₁ makes the image t times as wide, W₂ narrow again, without a non-linearity behind it: that would erase what the narrow
 * image has no room to keep. With t = 1 there is no W₁. `rate` is the probability of skipping the branch.
 */
export function mbConv({inputs, channels, expand, kernel, stride}: Shape, {rate = 0} = {}) {
  const hidden = expand * inputs;
  const [widen, narrow] = [conv(inputs, hidden, {kernel: 1}), conv(hidden, channels, {kernel: 1})];
  const before = expand === 1 ? [] : [convNorm(widen, hidden, silu)];
  const places = convNorm(depthwiseConv(hidden, {kernel, stride}), hidden, silu);
  const project = convNorm(narrow, channels);
  const squeeze = squeezeExcitation(hidden, squeezedOf(inputs));
  const path = dropPath(rate);
  const at = before.length; // where the depthwise convolution stands in `block`
  const units = new Map([...before, places].map((unit, i) => [i, unit] as const)).set(at + 2, project);
  return {
    init(rng: Rng): {params: MbConvParams; stats: MbConvStats} {
      const [params, stats]: [MbConvParams, MbConvStats] = [{block: {}}, {block: {}}];
      for (const [i, unit] of units) {
        const drawn = unit.init(rng.fork("block", i));
        [params.block[i], stats.block[i]] = [drawn.params, drawn.stats];
      }
      params.block[at + 1] = squeeze.init(rng.fork("block", at + 1));
      return {params, stats};
    },
    /** The mask of a batch, or none; a block without a shortcut skips nothing. */
    noise: (rng: Rng, batch: number) =>
      stride === 1 && inputs === channels ? path.noise(rng.fork("drop_path"), batch) : undefined,
    /** y, the statistics, and the weights of the channels (B, t I). */
    apply(
      params: MbConvParams,
      stats: MbConvStats,
      x: tf.Tensor,
      {training = false, mask}: {training?: boolean; mask?: tf.Tensor} = {}
    ): [y: tf.Tensor, stats: MbConvStats, weights: tf.Tensor] {
      const moved: MbConvStats = {block: {}};
      let [h, weights] = [x, x];
      for (const [i, unit] of units) {
        if (i === at + 2) [h, weights] = squeeze.apply(params.block[at + 1] as SqueezeParams, h);
        [h, moved.block[i]] = unit.apply(params.block[i] as ConvNormParams, stats.block[i], h, {training});
      }
      const summed = stride === 1 && inputs === channels;
      return [summed ? tf.add(path.apply(h, mask), x) : h, moved, weights];
    }
  };
}
