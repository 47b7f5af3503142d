import * as tf from "@tensorflow/tfjs";
import type {ViewOptions} from "../data/augment/views.js";
import {found, infoNce, infoNces} from "../losses/infoNce.js";
import type {Encoder, Model} from "../models/model.js";
import {l2Normalise} from "../ops/l2Normalise.js";
import {mean, sum} from "../ops/mean.js";
import type {Optimizer} from "../optimizers/optimizer.js";
import {valueAndGrad} from "../tensor/grad.js";
import {map, type Tree} from "../tensor/tree.js";
import type {Task} from "../train/task.js";
import {spread} from "./collapse.js";
import {ema} from "./ema.js";
import {pairs, type Normalisation, type PairBatch} from "./pairs.js";
import {projected, type Projected} from "./projected.js";

/** stats.queue (K, D): the newest keys first, each of length 1. */
export type MocoState<P extends Tree, S extends Tree, O extends Tree> = {
  query: Projected<P, S>;
  key: Projected<P, S>;
  stats: {queue: tf.Tensor};
  optimizer: O;
};

interface Options<P extends Tree, S extends Tree, O extends Tree> {
  encoder: Encoder<P, S>;
  /** A perceptron with one hidden layer, from the features (B, F) to (B, D). */
  projector: Encoder;
  optimizer: Optimizer<O>;
  views: ViewOptions;
  normalise: Normalisation;
  /** K, how many keys are remembered as negatives. */
  queue?: number;
  /** m of the key encoder's average. */
  momentum?: number;
  /** τ. */
  temperature?: number;
}

/**
 * MoCo v2: a query is to be told its key from a queue of earlier keys. He et al. 2020, algorithm 1, with the head, the
 * augmentations and the temperature 0.2 of v2, Chen et al. 2020.
 *
 *   ℓ = InfoNCE(q, k₊, queue),   θ_k ← m θ_k + (1 − m) θ_q,   queue ← the first K of [k₊, queue]
 *
 * Both encoders normalise by the whole batch; the key encoder's running statistics are those of its own passes. paper: batches
 * of 32 images a device, shuffled between devices for the keys, so that the statistics which a query shares with its key do not
 * betray it among the keys of other batches. One device has no other to shuffle with; the statistics of a whole batch differ
 * less from batch to batch than those of 32 images. Evaluation uses running statistics, which betray nothing: a training loss
 * far below that of evaluation would show the leak.
 *
 * The queue begins with random directions, the key encoder as the query encoder. Metrics of a step: `loss`, log(K + 1) when
 * nothing is told apart; `matched`, the share of queries whose nearest key is their own; `batchmate`, the share to which even
 * the key of another image of the batch is nearer than the whole queue: what a key's age and batch tell without its image;
 * `spread` of the queries. Sums of an evaluation: `count`, and `loss` and `matched` on one fixed pair of views of each held-out
 * image against the queue of training keys. `predict` gives the query encoder's pooled features (B, F) of the images as they
 * are.
 *
 * @throws RangeError if K is not an integer ≥ 1, or m is outside [0, 1].
 */
export function moco<P extends Tree, S extends Tree, O extends Tree>(
  options: Options<P, S, O>
): Task<MocoState<P, S, O>, PairBatch> {
  const {encoder, projector, optimizer, queue: length = 4096, momentum = 0.99, temperature = 0.2} = options;
  if (!Number.isInteger(length) || length < 1)
    throw new RangeError(`moco: expected an integer queue ≥ 1, got ${length}`);
  if (!(momentum >= 0 && momentum <= 1)) throw new RangeError(`moco: expected momentum in [0, 1], got ${momentum}`);
  const model = projected(encoder, projector as Model);
  return {
    init(rng) {
      const query = model.init(rng);
      const drawn = tf.tensor(rng.fork("queue").normal(length * projector.features), [length, projector.features]);
      const key = map((leaf) => tf.clone(leaf), query);
      return {query, key, stats: {queue: l2Normalise(drawn)}, optimizer: optimizer.init(query.params)};
    },
    ...pairs(options.views, options.normalise),
    step(state, batch, rate) {
      const [k, seen] = model.apply(state.key, batch.second, {training: true}); // outside of what is differentiated
      const keys = l2Normalise(k); // (B, D)
      const [loss, grads, {stats, q}] = valueAndGrad((params: typeof state.query.params) => {
        const [q, stats] = model.apply({...state.query, params}, batch.first, {training: true});
        return [infoNce(q, keys, state.stats.queue, {temperature}), {stats, q}];
      })(state.query.params);
      const [params, remembered] = optimizer.update(state.query.params, grads, state.optimizer, rate);
      const key = {params: ema(state.key.params, params, momentum), stats: seen};
      const queue = enqueued(state.stats.queue, keys);
      return [
        {query: {params, stats}, key, stats: {queue}, optimizer: remembered},
        {
          loss,
          matched: mean(found(q, keys, state.stats.queue)),
          batchmate: mean(found(q, turned(keys), state.stats.queue)),
          spread: spread(q)
        }
      ];
    },
    evaluate({query, key, stats: {queue}}, {first, second, mask}) {
      const [q] = model.apply(query, first);
      const [keys] = model.apply(key, second);
      return {
        count: sum(mask),
        loss: sum(tf.mul(infoNces(q, keys, queue, {temperature}), mask)),
        matched: sum(tf.mul(found(q, keys, queue), mask))
      };
    },
    predict: ({query}, {images}) => model.features(query, images)
  };
}

/** First in, first out: the new keys before the old ones, of which as many fall off the end. */
export const enqueued = (queue: tf.Tensor, keys: tf.Tensor): tf.Tensor =>
  tf.slice(tf.concat([keys, queue]), [0, 0], queue.shape as [number, number]);

/** Each row gives its place to the one before: row i then holds what belongs to image i + 1, the last row what was first. */
const turned = (keys: tf.Tensor): tf.Tensor =>
  tf.concat([tf.slice(keys, [1, 0], [-1, -1]), tf.slice(keys, [0, 0], [1, -1])]);
