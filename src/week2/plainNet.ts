import * as tf from "@tensorflow/tfjs";
import {batchNorm, type BatchStats, type NormParams} from "../components/layers/batchNorm.js";
import {conv, type ConvParams} from "../components/layers/conv.js";
import {groupNorm} from "../components/layers/groupNorm.js";
import {kaimingNormal, normal, xavierNormal} from "../components/layers/init.js";
import type {RmsNormParams} from "../components/layers/rmsNorm.js";
import type {Encoder} from "../components/models/model.js";
import {relu} from "../components/ops/relu.js";
import {standardise} from "../components/ops/standardise.js";
import type {Rng} from "../components/math/random.js";

export const inits = ["Kaiming", "Xavier", "N(0, 0.01²)"] as const;
export const norms = ["none", "batch", "group", "layer", "instance", "rms"] as const;

/** What the stack is made of. */
export interface PlainConfig {
  /** 3 × 3 convolutions, the first with stride 2. */
  depth: number;
  /** Channels, a multiple of 4. */
  width: number;
  init: (typeof inits)[number];
  norm: (typeof norms)[number];
}

interface Unit {
  conv: ConvParams;
  norm?: NormParams | RmsNormParams;
  bias?: tf.Tensor;
}
type Params = Record<string, Record<string, tf.Tensor | Record<string, tf.Tensor>>>;
type Stats = Record<string, BatchStats>;

const filter = (init: PlainConfig["init"], rng: Rng, shape: number[]): tf.Tensor =>
  init === "Kaiming"
    ? kaimingNormal(rng, shape)
    : init === "Xavier"
      ? xavierNormal(rng, shape)
      : normal(rng, shape, 0.01);

/** An example's (H, W, C) over the root of their mean square, times γ (C): layer normalisation without its mean and shift. */
export function rootMeanSquare(weight: tf.Tensor, x: tf.Tensor): tf.Tensor {
  const [B, H, W, C] = x.shape;
  const places = tf.reshape(x, [B, H * W, C]);
  return tf.reshape(standardise(places, weight, null, {groups: 1, epsilon: 1e-5, centred: false}), x.shape);
}

/**
 * A plain stack, h ← ReLU(norm(conv h)), without shortcuts: (B, H, W, 3) → (B, H/2, W/2, width). Without normalisation each
 * convolution has a bias instead. Groups are of width / 4 channels; layer and RMS normalisation are over (H, W, C) of an
 * example.
 */
export function plainNet({depth, width, init, norm}: PlainConfig): Encoder<Params, Stats> {
  const batch = batchNorm(width);
  const groups = {group: 4, layer: 1, instance: width, none: 1, batch: 1, rms: 1}[norm];
  const group = groupNorm(width, {groups});
  const layers = Array.from({length: depth}, (_, i) => ({
    name: `layer${i + 1}`,
    layer: conv(i ? width : 3, width, {stride: i ? 1 : 2}),
    shape: [3, 3, i ? width : 3, width]
  }));
  const normed = (unit: Unit, stats: BatchStats | undefined, x: tf.Tensor, training: boolean): [tf.Tensor, BatchStats?] => {
    if (norm === "none") return [relu(tf.add(x, unit.bias!))];
    if (norm === "rms") return [relu(rootMeanSquare(unit.norm!.weight, x))];
    if (norm !== "batch") return [relu(group.apply(unit.norm as NormParams, x))];
    return batch.apply(unit.norm as NormParams, stats!, x, {training, relu: true});
  };
  return {
    features: width,
    init(rng) {
      const params: Params = {};
      const stats: Stats = {};
      for (const {name, shape} of layers) {
        const weight = {conv: {weight: filter(init, rng.fork(name), shape)}};
        if (norm === "none") params[name] = {...weight, bias: tf.zeros([width])};
        else if (norm === "rms") params[name] = {...weight, norm: {weight: tf.ones([width])}};
        else params[name] = {...weight, norm: norm === "batch" ? batch.init().params : group.init()};
        if (norm === "batch") stats[name] = batch.init().stats;
      }
      return {params, stats};
    },
    apply(params, stats, x, {training = false} = {}) {
      const moved: Stats = {};
      let h = x;
      for (const {name, layer} of layers) {
        const unit = params[name] as unknown as Unit;
        const [y, seen] = normed(unit, stats[name], layer.apply(unit.conv, h), training);
        if (seen) moved[name] = seen;
        h = y;
      }
      return [h, moved, {}];
    }
  };
} // prettier-ignore
