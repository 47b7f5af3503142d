import * as tf from "@tensorflow/tfjs";
import {batchNorm, type BatchStats, type NormParams} from "../../src/components/layers/batchNorm.js";
import {conv, type ConvParams} from "../../src/components/layers/conv.js";
import type {Encoder} from "../../src/components/models/model.js";

type Params = Record<string, {conv: ConvParams; bn: NormParams}>;
type Stats = Record<string, BatchStats>;

const plan = [
  {channels: 16, stride: 1},
  {channels: 32, stride: 2},
  {channels: 64, stride: 2},
  {channels: 64, stride: 1},
  {channels: 128, stride: 2}
];

/** Five 3 × 3 convolutions, each with batch norm and ReLU: (B, 32, 32, 3) → (B, 4, 4, 128). 135,000 parameters. */
export function smallCnn(): Encoder<Params, Stats> {
  const layers = plan.map(({channels, stride}, i) => ({
    name: `layer${i}`,
    conv: conv(i ? plan[i - 1].channels : 3, channels, {stride}),
    bn: batchNorm(channels)
  }));
  return {
    features: 128,
    init(rng) {
      const drawn = layers.map(({name, conv, bn}) => ({name, conv: conv.init(rng.fork(name)), ...bn.init()}));
      return {
        params: Object.fromEntries(drawn.map(({name, conv, params}) => [name, {conv, bn: params}])),
        stats: Object.fromEntries(drawn.map(({name, stats}) => [name, stats]))
      };
    },
    apply(params, stats, x, mode) {
      const moved: Stats = {};
      for (const {name, conv, bn} of layers) {
        const [y, next] = bn.apply(params[name].bn, stats[name], conv.apply(params[name].conv, x), mode);
        moved[name] = next;
        x = tf.relu(y);
      }
      return [x, moved, {}];
    }
  };
}
