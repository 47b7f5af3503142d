import * as tf from "@tensorflow/tfjs";
import {batchNorm, type BatchStats, type NormParams} from "../layers/batchNorm.js";
import {conv, type ConvParams} from "../layers/conv.js";
import type {Rng} from "../math/random.js";
import {maxPool} from "../ops/pool.js";
import {resize} from "../ops/resize.js";
import {shapes} from "../tensor/shape.js";
import type {Aux, Mode, Model} from "./model.js";

type Pair<T> = {1: T; 2: T};
type Named<T> = {[name: string]: T};
export type UnetParams = Named<{conv: Pair<ConvParams>; bn: Pair<NormParams>} | ConvParams>;
export type UnetStats = Named<{bn: Pair<BatchStats>}>;

interface Options {
  channels?: number;
  /** Channels of the first level; every level below has twice as many. */
  width?: number;
  /** Levels; the images' sides are multiples of 2^(levels − 1). */
  levels?: number;
  /** Channels of the output: logits of every pixel. */
  outputs?: number;
}

/**
 * A small U-Net: images to a logit for every pixel, (B, H, W, C) → (B, H, W, K). Ronneberger, Fischer & Brox 2015, section 2.
 *
 *   down:  xᵢ = block(pool(xᵢ₋₁)),   up:  yᵢ = block([resize(yᵢ₊₁); xᵢ]),   logits = 1 × 1 convolution of y₁
 *
 * A block is two convolutions 3 × 3, each with batch normalisation and ReLU. What is lost in pooling, where things are, comes
 * back over the skips xᵢ. paper: no normalisation, convolutions without padding and crops of the skips, upwards a learned
 * 2 × 2 convolution, 64 channels and five levels; here padding, bilinear resizing, and `width` and `levels` to choose.
 *
 * @throws RangeError if x is not (B, H, W, C) or its sides cannot be halved often enough.
 */
export function unet({channels = 3, width = 8, levels = 3, outputs = 1}: Options = {}): Model<UnetParams, UnetStats> {
  const at = (level: number) => width * 2 ** level;
  const downs = Array.from({length: levels}, (_, i) => ({name: `down${i + 1}`, block: block(i ? at(i - 1) : channels, at(i))})); // prettier-ignore
  const ups = Array.from({length: levels - 1}, (_, i) => ({
    name: `up${i + 1}`,
    block: block(at(i + 1) + at(i), at(i))
  }));
  const head = conv(width, outputs, {kernel: 1, bias: true});
  return {
    init(rng) {
      const drawn = [...downs, ...ups].map(({name, block}) => [name, block.init(rng.fork(name))] as const);
      return {
        params: {
          ...Object.fromEntries(drawn.map(([name, {params}]) => [name, params])),
          head: head.init(rng.fork("head"))
        },
        stats: Object.fromEntries(drawn.map(([name, {stats}]) => [name, stats]))
      };
    },
    apply(params, stats, x, mode = {}) {
      const {H, W} = shapes("unet", {x: [x, `B H W ${channels}`]});
      if (H % 2 ** (levels - 1) || W % 2 ** (levels - 1))
        throw new RangeError(`unet: expected sides that ${levels - 1} halvings leave whole, got ${H} × ${W}`);
      const [running, aux]: [UnetStats, Aux] = [{}, {}];
      const pass = ({name, block}: (typeof downs)[0], h: tf.Tensor) => {
        const [y, moved] = block.apply(params[name] as BlockParams, stats[name], h, mode);
        running[name] = moved;
        return (aux[name] = y);
      };
      const skips: tf.Tensor[] = [];
      for (const [i, down] of downs.entries()) skips.push(pass(down, i ? maxPool(skips[i - 1], {size: 2}) : x));
      let y = skips[levels - 1];
      for (let i = levels - 2; i >= 0; --i) {
        const [, height, side] = skips[i].shape;
        y = pass(ups[i], tf.concat([resize(y, height!, side!), skips[i]], 3));
      }
      return [head.apply(params.head as ConvParams, y), running, aux];
    }
  };
}

type BlockParams = {conv: Pair<ConvParams>; bn: Pair<NormParams>};

/** Twice convolution 3 × 3, batch normalisation, ReLU. */
function block(inputs: number, outputs: number) {
  const [one, two] = [conv(inputs, outputs), conv(outputs, outputs)];
  const norm = batchNorm(outputs);
  return {
    init(rng: Rng) {
      const [n1, n2] = [norm.init(), norm.init()];
      const params: BlockParams = {
        conv: {1: one.init(rng.fork("conv1")), 2: two.init(rng.fork("conv2"))},
        bn: {1: n1.params, 2: n2.params}
      };
      return {params, stats: {bn: {1: n1.stats, 2: n2.stats}}};
    },
    apply(params: BlockParams, stats: UnetStats[string], x: tf.Tensor, mode: Mode): [tf.Tensor, UnetStats[string]] {
      const step = (k: 1 | 2, layer: typeof one, h: tf.Tensor) =>
        norm.apply(params.bn[k], stats.bn[k], layer.apply(params.conv[k], h), {training: mode.training, relu: true});
      const [h, bn1] = step(1, one, x);
      const [y, bn2] = step(2, two, h);
      return [y, {bn: {1: bn1, 2: bn2}}];
    }
  };
}
