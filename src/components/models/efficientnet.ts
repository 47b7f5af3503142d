import {conv} from "../layers/conv.js";
import {silu} from "../ops/silu.js";
import {convNorm, type ConvNormParams, type ConvNormStats} from "./convNorm.js";
import {mbConv, type MbConvParams, type MbConvStats} from "./mbConv.js";
import {blocksOf, type MbPlan} from "./mbPlan.js";
import type {Aux, Encoder} from "./model.js";

type Stages<T, B> = {[stage: string]: T | {[index: string]: B}};
export type EfficientnetParams = {features: Stages<ConvNormParams, MbConvParams>};
export type EfficientnetStats = {features: Stages<ConvNormStats, MbConvStats>};

/**
 * An EfficientNet as an encoder: (B, H, W, 3) → (B, H', W', head). Tan & Le 2019, table 1.
 *
 * A 3 × 3 stem, stages of MBConv blocks, and a 1 × 1 convolution. Parameters have torchvision's names, but the two maps of
 * squeeze and excitation are matrices. `aux` holds each block's output (`features.1.0`) and its weights of channels
 * (`features.1.0.se`).
 *
 * paper: running statistics of momentum 0.99; here 0.9, for runs of a few thousand steps.
 *
 * @param options `dropPath` of the last block; the probability grows linearly from 0 at the first one.
 * @throws RangeError if x is not (B, H, W, 3).
 */
export function efficientnet(plan: MbPlan, {dropPath = 0} = {}): Encoder<EfficientnetParams, EfficientnetStats> {
  const listed = blocksOf(plan);
  const stem = convNorm(conv(3, plan.stem.channels, {stride: plan.stem.stride}), plan.stem.channels, silu);
  const head = convNorm(conv(plan.stages.at(-1)!.channels, plan.head, {kernel: 1}), plan.head, silu);
  const last = String(plan.stages.length + 1);
  const blocks = listed.map((shape, i) => {
    const rate = listed.length > 1 ? (dropPath * i) / (listed.length - 1) : dropPath;
    return {stage: String(shape.stage), index: String(shape.index), block: mbConv(shape, {rate})};
  });
  const empty = (): Stages<never, never> => Object.fromEntries(plan.stages.map((_, i) => [i + 1, {}]));
  return {
    features: plan.head,
    init(rng) {
      const [first, end] = [stem.init(rng.fork("0")), head.init(rng.fork(last))];
      const params: Stages<ConvNormParams, MbConvParams> = {0: first.params, ...empty()};
      const stats: Stages<ConvNormStats, MbConvStats> = {0: first.stats, ...empty()};
      for (const {stage, index, block} of blocks) {
        const drawn = block.init(rng.fork(stage, Number(index)));
        (params[stage] as Record<string, MbConvParams>)[index] = drawn.params;
        (stats[stage] as Record<string, MbConvStats>)[index] = drawn.stats;
      }
      [params[last], stats[last]] = [end.params, end.stats];
      return {params: {features: params}, stats: {features: stats}};
    },
    noise(rng, batch) {
      const masks = blocks.map(({stage, index, block}) => [
        `features.${stage}.${index}`,
        block.noise(rng.fork(stage, Number(index)), batch)
      ]);
      return Object.fromEntries(masks.filter(([, mask]) => mask));
    },
    apply({features: params}, {features: stats}, x, {training = false, noise = {}} = {}) {
      const aux: Aux = {};
      const moved: Stages<ConvNormStats, MbConvStats> = empty();
      let [h, now] = stem.apply(params[0] as ConvNormParams, stats[0] as ConvNormStats, x, {training});
      moved[0] = now;
      for (const {stage, index, block} of blocks) {
        const name = `features.${stage}.${index}`;
        const given = (params[stage] as Record<string, MbConvParams>)[index];
        const known = (stats[stage] as Record<string, MbConvStats>)[index];
        const [y, after, weights] = block.apply(given, known, h, {training, mask: noise[name]});
        (moved[stage] as Record<string, MbConvStats>)[index] = after;
        [aux[name], aux[`${name}.se`]] = [y, weights];
        h = y;
      }
      [h, now] = head.apply(params[last] as ConvNormParams, stats[last] as ConvNormStats, h, {training});
      moved[last] = now;
      return [h, {features: moved}, aux];
    }
  };
}
