import {batchNorm, type BatchStats, type NormParams} from "../layers/batchNorm.js";
import {conv, type ConvParams} from "../layers/conv.js";
import {basicBlock, type BlockParams, type BlockStats} from "./basicBlock.js";
import type {Aux, Encoder} from "./model.js";
import {stages} from "./stages.js";

type Blocks<T> = {[index: string]: T};
type Stages<T> = {layer1: Blocks<T>; layer2: Blocks<T>; layer3: Blocks<T>; layer4: Blocks<T>};
export type ResnetParams = {conv1: ConvParams; bn1: NormParams} & Stages<BlockParams>;
export type ResnetStats = {bn1: BatchStats} & Stages<BlockStats>;

interface Options {
  /** 10, 18 or 34. */
  depth?: number;
  /** Channels of the first stage; the last has eight times as many. */
  width?: number;
  /** Without them it is the plain network of the same depth. */
  shortcuts?: boolean;
  /** Starts every block as its shortcut: γ of its last norm is 0. */
  zeroInit?: boolean;
}

/**
 * A residual network for small images, as an encoder: (B, H, W, 3) → (B, H/8, W/8, 8 · width). He et al. 2016.
 *
 * The stem is one 3 × 3 convolution without max-pool: torchvision's 7 × 7 with stride 2 and pooling would leave 8 × 8 of
 * 32 × 32 pixels before the first block. Parameters have torchvision's names. `aux` holds each stage's output (`layer1` …)
 * and each block's summands (`layer1.0.residual`, `layer1.0.shortcut`).
 *
 * @throws RangeError for another depth, a width < 1, or an x that is not (B, H, W, 3).
 */
export function resnet({depth = 18, width = 64, shortcuts = true, zeroInit = false}: Options = {}): Encoder<
  ResnetParams,
  ResnetStats
> {
  const stem = conv(3, width);
  const norm = batchNorm(width);
  const plan = stages(depth, width).flatMap(({name, blocks, inputs, channels, stride}) =>
    Array.from({length: blocks}, (_, i) => {
      const options = {stride: i ? 1 : stride, shortcut: shortcuts, zeroInit};
      return {stage: name as keyof Stages<unknown>, i, block: basicBlock(i ? channels : inputs, channels, options)};
    })
  );
  return {
    features: 8 * width,
    init(rng) {
      const {params: bn1, stats} = norm.init();
      const params: ResnetParams = {conv1: stem.init(rng.fork("conv1")), bn1, ...empty<BlockParams>()};
      const running: ResnetStats = {bn1: stats, ...empty<BlockStats>()};
      for (const {stage, i, block} of plan) {
        const drawn = block.init(rng.fork(stage, i));
        params[stage][i] = drawn.params;
        running[stage][i] = drawn.stats;
      }
      return {params, stats: running};
    },
    apply(params, stats, x, mode = {}) {
      const aux: Aux = {};
      const [y, bn1] = norm.apply(params.bn1, stats.bn1, stem.apply(params.conv1, x), {...mode, relu: true});
      const running: ResnetStats = {bn1, ...empty<BlockStats>()};
      let h = y;
      for (const {stage, i, block} of plan) {
        const [out, moved, parts] = block.apply(params[stage][i], stats[stage][i], h, mode);
        running[stage][i] = moved;
        for (const [part, value] of Object.entries(parts)) aux[`${stage}.${i}.${part}`] = value;
        aux[stage] = h = out;
      }
      return [h, running, aux];
    }
  };
}

const empty = <T>(): Stages<T> => ({layer1: {}, layer2: {}, layer3: {}, layer4: {}});
