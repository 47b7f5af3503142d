import * as tf from "@tensorflow/tfjs";
import type {ViewOptions} from "../data/augment/views.js";
import {matched, ntXent, ntXents} from "../losses/ntXent.js";
import type {Encoder, Model} from "../models/model.js";
import {mean, sum} from "../ops/mean.js";
import type {Optimizer} from "../optimizers/optimizer.js";
import {valueAndGrad} from "../tensor/grad.js";
import type {Tree} from "../tensor/tree.js";
import type {Task, Tensors} from "../train/task.js";
import {spread} from "./collapse.js";
import {pairs, type Normalisation, type PairBatch} from "./pairs.js";
import {projected, type Projected} from "./projected.js";

export type SimclrState<P extends Tree, S extends Tree, O extends Tree> = Projected<P, S> & {optimizer: O};

interface Options<P extends Tree, S extends Tree, O extends Tree> {
  /** f: what is kept. */
  encoder: Encoder<P, S>;
  /** g, from the encoder's features (B, F) to (B, D): what the loss sees, and what is thrown away. */
  projector: Model;
  optimizer: Optimizer<O>;
  views: ViewOptions;
  normalise: Normalisation;
  /** τ. */
  temperature?: number;
}

/**
 * SimCLR: two views of an image are to be told from all other views of the batch. Chen et al. 2020, algorithm 1.
 *
 *   z = g(pool(f(view))),   ℓ = NT-Xent(z₁, z₂)
 *
 * Both views of all images pass the network as one batch of 2B, so batch normalisation sees them together. The encoder's
 * dropout, if it has any, is off. paper: LARS at batches up to 8,192, and statistics of the whole batch over all devices.
 *
 * Metrics of a step: `loss`, log(2B − 1) at collapse; `matched`, the share of views whose nearest other view is their
 * partner; `spread` of the projections. Sums of an evaluation: `count`, and `loss` and `matched` on one fixed pair of views of
 * each held-out image, with running statistics; a last batch that is padded has fewer negatives, so its loss is lower.
 * `predict` gives the encoder's pooled features (B, F) of the images as they are.
 */
export function simclr<P extends Tree, S extends Tree, O extends Tree>(
  options: Options<P, S, O>
): Task<SimclrState<P, S, O>, PairBatch> {
  const {encoder, optimizer, temperature = 0.5} = options;
  const model = projected(encoder, options.projector);
  const {sample, view} = pairs(options.views, options.normalise);
  const both = ({first, second}: Tensors<PairBatch>) => tf.concat([first, second]); // (2B, S, S, 3)
  return {
    init(rng) {
      const {params, stats} = model.init(rng);
      return {params, stats, optimizer: optimizer.init(params)};
    },
    sample,
    step(state, batch, rate) {
      const [loss, grads, {stats, z1, z2}] = valueAndGrad((params: typeof state.params) => {
        const [z, stats] = model.apply({...state, params}, both(batch), {training: true});
        const [z1, z2] = tf.split(z, 2);
        return [ntXent(z1, z2, {temperature}), {stats, z1, z2}];
      })(state.params);
      const [params, remembered] = optimizer.update(state.params, grads, state.optimizer, rate);
      const metrics = {loss, matched: mean<tf.Scalar>(matched(z1, z2)), spread: spread(z1)};
      return [{params, stats, optimizer: remembered}, metrics];
    },
    view,
    evaluate(state, batch) {
      const [z1, z2] = tf.split(model.apply(state, both(batch))[0], 2);
      const {mask} = batch;
      const weight = tf.mul(tf.concat([mask, mask]), 0.5); // two anchors a record
      return {
        count: sum(mask),
        loss: sum(tf.mul(ntXents(z1, z2, {temperature, mask}), weight)),
        matched: sum(tf.mul(matched(z1, z2, {mask}), weight))
      };
    },
    predict: (state, {images}) => model.features(state, images)
  };
}
