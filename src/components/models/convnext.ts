import * as tf from "@tensorflow/tfjs";
import type {NormParams} from "../layers/batchNorm.js";
import {conv, type ConvParams} from "../layers/conv.js";
import {layerNorm} from "../layers/layerNorm.js";
import {mean} from "../ops/mean.js";
import {convnextBlock, small, type ConvnextBlockParams} from "./convnextBlock.js";
import type {ConvnextSize} from "./convnextSize.js";
import type {Aux, Encoder} from "./model.js";

type Part = {[index: string]: ConvParams | NormParams | ConvnextBlockParams};
export type ConvnextParams = {features: {[stage: string]: Part}; norm: NormParams};

/**
 * A ConvNeXt as an encoder: (B, H, W, 3) → (B, C), C the last stage's channels. Liu et al. 2022, section 2 and figure 4.
 *
 * Patches, then stages of blocks, between them a norm and a 2 × 2 convolution with stride 2; at the end the mean over
 * places and a norm. Parameters have torchvision's names, but the last norm's is `norm`. `aux` holds each stage's output (`features.1`, …).
 *
 * @param options `dropPath` of the last block, growing linearly from 0 at the first one; `layerScale`, the first value of
 *   every γ, 10⁻⁶ unless told.
 * @throws RangeError if depths and dims differ in length, or x is not (B, H, W, 3).
 */
export function convnext(
  {depths, dims, patch, kernel = 7}: ConvnextSize,
  {dropPath = 0, layerScale = 1e-6} = {}
): Encoder<ConvnextParams> {
  if (depths.length !== dims.length || depths.length === 0)
    throw new RangeError(`convnext: expected as many depths as dims, got ${depths.length} and ${dims.length}`);
  const total = depths.reduce((sum, n) => sum + n, 0);
  const joints = dims.map((channels, i) => ({
    filter: i
      ? conv(dims[i - 1], channels, {kernel: 2, stride: 2, padding: 0, bias: true})
      : conv(3, channels, {kernel: patch, stride: patch, padding: 0, bias: true}),
    shape: i ? [2, 2, dims[i - 1], channels] : [patch, patch, 3, channels],
    norm: layerNorm(i ? dims[i - 1] : channels, {epsilon: 1e-6}),
    name: String(2 * i)
  }));
  const blocks = depths.map((depth, stage) =>
    Array.from({length: depth}, (_, i) => {
      const before = depths.slice(0, stage).reduce((sum, n) => sum + n, i);
      const rate = total > 1 ? (dropPath * before) / (total - 1) : dropPath;
      return convnextBlock(dims[stage], {kernel, layerScale, rate});
    })
  );
  const end = layerNorm(dims.at(-1)!, {epsilon: 1e-6});
  const nameOf = (stage: number) => String(2 * stage + 1);
  return {
    features: dims.at(-1)!,
    init(rng) {
      const features: ConvnextParams["features"] = {};
      for (const [i, {shape, norm, name}] of joints.entries()) {
        const filter = {weight: small(rng.fork(name), shape), bias: tf.zeros([dims[i]])};
        features[name] = i ? {0: norm.init(), 1: filter} : {0: filter, 1: norm.init()};
        const drawn = blocks[i].map((block, j) => [j, block.init(rng.fork(nameOf(i), j))]);
        features[nameOf(i)] = Object.fromEntries(drawn) as Part;
      }
      return {params: {features, norm: end.init()}, stats: {}};
    },
    noise(rng, batch) {
      const masks = blocks.flatMap((list, stage) =>
        list.map((block, j) => [`features.${nameOf(stage)}.${j}`, block.noise(rng.fork(nameOf(stage), j), batch)])
      );
      return Object.fromEntries(masks.filter(([, mask]) => mask));
    },
    apply({features: params, norm: last}, stats, x, {noise = {}} = {}) {
      const aux: Aux = {};
      let h = x;
      for (const [stage, {filter, norm, name}] of joints.entries()) {
        const given = params[name];
        if (stage === 0) h = norm.apply(given[1] as NormParams, filter.apply(given[0] as ConvParams, h));
        else h = filter.apply(given[1] as ConvParams, norm.apply(given[0] as NormParams, h));
        const inner = params[nameOf(stage)];
        for (const [j, block] of blocks[stage].entries())
          h = block.apply(inner[j] as ConvnextBlockParams, h, noise[`features.${nameOf(stage)}.${j}`]);
        aux[`features.${nameOf(stage)}`] = h;
      }
      return [end.apply(last, mean(h, [1, 2])), stats, aux];
    }
  };
}
