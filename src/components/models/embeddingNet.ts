import * as tf from "@tensorflow/tfjs";
import {batchNorm, type BatchStats, type NormParams} from "../layers/batchNorm.js";
import {conv, type ConvParams} from "../layers/conv.js";
import {kaimingNormal} from "../layers/init.js";
import {linear, type LinearParams} from "../layers/linear.js";
import {l2Normalise} from "../ops/l2Normalise.js";
import {maxPool} from "../ops/pool.js";
import {shapes} from "../tensor/shape.js";
import type {Aux, Encoder} from "./model.js";

type Stages<T> = {[name: string]: T};
export type EmbeddingParams = {stages: Stages<{conv: ConvParams; bn: NormParams}>; fc: LinearParams};
export type EmbeddingStats = {stages: Stages<{bn: BatchStats}>};

interface Options {
  /** C of the images. */
  channels?: number;
  /** Filters of every convolution; 64 in the papers. */
  width?: number;
  /** D, the size of the embedding. */
  dimensions?: number;
  /** Embeddings of length 1, points of a sphere; else they are left as they are. */
  unit?: boolean;
}

/**
 * Images to points whose distances mean likeness: (B, 28, 28, C) → (B, D).
 *
 * Three times convolution 3 × 3, batch normalisation, ReLU, max-pool 2 × 2 (28 → 14 → 7 → 3), then a linear map, and division
 * by the length. The stages are those of Vinyals et al. 2016, section 4.1, and Snell et al. 2017, section 3.1. paper: four of
 * them with 64 filters, the last map of 1 × 1 × 64 is the embedding; here three and a linear map, so that D is free.
 *
 * @throws RangeError if x is not (B, 28, 28, C).
 */
export function embeddingNet({channels = 1, width = 16, dimensions = 32, unit = true}: Options = {}): Encoder<
  EmbeddingParams,
  EmbeddingStats
> {
  const norm = batchNorm(width);
  const convs = [0, 1, 2].map((i) => ({name: `stage${i + 1}`, layer: conv(i ? width : channels, width)}));
  const head = linear(9 * width, dimensions, {weight: (rng, shape) => kaimingNormal(rng, shape, {gain: 1})});
  return {
    features: dimensions,
    init(rng) {
      const params: EmbeddingParams = {stages: {}, fc: head.init(rng.fork("fc"))};
      const stats: EmbeddingStats = {stages: {}};
      for (const {name, layer} of convs) {
        const {params: bn, stats: running} = norm.init();
        params.stages[name] = {conv: layer.init(rng.fork(name)), bn};
        stats.stages[name] = {bn: running};
      }
      return {params, stats};
    },
    apply(params, stats, x, {training = false} = {}) {
      shapes("embeddingNet", {x: [x, `B 28 28 ${channels}`]});
      const running: EmbeddingStats = {stages: {}};
      const aux: Aux = {};
      let h = x;
      for (const {name, layer} of convs) {
        const {conv: filter, bn} = params.stages[name];
        const [y, moved] = norm.apply(bn, stats.stages[name].bn, layer.apply(filter, h), {training, relu: true});
        running.stages[name] = {bn: moved};
        aux[name] = h = maxPool(y, {size: 2, stride: 2});
      }
      const embedding = head.apply(params.fc, tf.reshape(h, [x.shape[0], 9 * width])); // (B, D)
      return [unit ? l2Normalise(embedding) : embedding, running, aux];
    }
  };
}
