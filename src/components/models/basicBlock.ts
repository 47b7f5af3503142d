import * as tf from "@tensorflow/tfjs";
import {batchNorm, type BatchStats, type NormParams} from "../layers/batchNorm.js";
import {conv, type ConvParams} from "../layers/conv.js";
import type {Rng} from "../math/random.js";
import {relu} from "../ops/relu.js";

type Branch<C, N> = C & {bn1: N; bn2: N};
type Around<B, D> = B | (B & {downsample: D});
type Filters = {conv1: ConvParams; conv2: ConvParams};

/** The names are torchvision's; `downsample` is there where the projection is: its filter `0` and its norm `1`. */
export type BlockParams = Around<Branch<Filters, NormParams>, {0: ConvParams; 1: NormParams}>;
export type BlockStats = Around<Branch<unknown, BatchStats>, {1: BatchStats}>;

/** What a block adds up, before the last ReLU: y = relu(residual + shortcut). A plain block has no shortcut. */
export type BlockParts = {residual: tf.Tensor; shortcut?: tf.Tensor};

/**
 * The basic block of a residual network: (B, H, W, I) → (B, H/s, W/s, O). He et al. 2016, figure 2 and eq. 1, 2.
 *
 *   y = relu(F(x) + S x),   F = bn₂ ∘ conv₂ ∘ relu ∘ bn₁ ∘ conv₁
 *
 * S is the identity where shapes agree, else a 1 × 1 convolution with stride s and a norm (option B). Without the shortcut,
 * y = relu(F(x)): the plain network of the same depth. With zeroInit, γ of bn₂ starts at 0 and the block at relu(S x):
 * Goyal et al. 2017, section 5.1.
 */
export function basicBlock(inputs: number, outputs: number, {stride = 1, shortcut = true, zeroInit = false} = {}) {
  const conv1 = conv(inputs, outputs, {stride});
  const conv2 = conv(outputs, outputs);
  const projection = conv(inputs, outputs, {kernel: 1, stride});
  const norm = batchNorm(outputs);
  const projects = shortcut && (stride !== 1 || inputs !== outputs);
  return {
    init(rng: Rng): {params: BlockParams; stats: BlockStats} {
      const [one, two] = [norm.init(), norm.init()];
      if (zeroInit) two.params.weight = tf.zeros([outputs]);
      const params = {
        conv1: conv1.init(rng.fork("conv1")),
        bn1: one.params,
        conv2: conv2.init(rng.fork("conv2")),
        bn2: two.params
      };
      const stats = {bn1: one.stats, bn2: two.stats};
      if (!projects) return {params, stats};
      const around = norm.init();
      return {
        params: {...params, downsample: {0: projection.init(rng.fork("downsample")), 1: around.params}},
        stats: {...stats, downsample: {1: around.stats}}
      };
    },
    apply(
      params: BlockParams,
      stats: BlockStats,
      x: tf.Tensor,
      mode: {training?: boolean} = {}
    ): [y: tf.Tensor, stats: BlockStats, parts: BlockParts] {
      const [inner, bn1] = norm.apply(params.bn1, stats.bn1, conv1.apply(params.conv1, x), {...mode, relu: true});
      const [residual, bn2] = norm.apply(params.bn2, stats.bn2, conv2.apply(params.conv2, inner), mode);
      if (!shortcut) return [relu(residual), {bn1, bn2}, {residual}];
      if (!("downsample" in params && "downsample" in stats))
        return [relu(tf.add(residual, x)), {bn1, bn2}, {residual, shortcut: x}];
      const {0: filter, 1: scale} = params.downsample;
      const [projected, one] = norm.apply(scale, stats.downsample[1], projection.apply(filter, x), mode);
      return [relu(tf.add(residual, projected)), {bn1, bn2, downsample: {1: one}}, {residual, shortcut: projected}];
    }
  };
}
