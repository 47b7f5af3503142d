import * as tf from "@tensorflow/tfjs";
import type {ViewOptions} from "../data/augment/views.js";
import {negativeCosine} from "../losses/negativeCosine.js";
import type {Encoder, Model} from "../models/model.js";
import {mean, sum} from "../ops/mean.js";
import {l2Normalise} from "../ops/l2Normalise.js";
import type {Optimizer} from "../optimizers/optimizer.js";
import {stopGradient, valueAndGrad} from "../tensor/grad.js";
import type {Tree} from "../tensor/tree.js";
import type {Task, Tensors} from "../train/task.js";
import {spread} from "./collapse.js";
import {pairs, type Normalisation, type PairBatch} from "./pairs.js";
import {projected, type Projected} from "./projected.js";

type Predictor = {predictor: Tree};
export type SimsiamState<P extends Tree, S extends Tree, O extends Tree> = {
  params: Projected<P, S>["params"] & Predictor;
  stats: Projected<P, S>["stats"] & Predictor;
  optimizer: O;
};

interface Options<P extends Tree, S extends Tree, O extends Tree> {
  encoder: Encoder<P, S>;
  projector: Model;
  /** h, from projections (B, D) to (B, D); null for none, p = z. */
  predictor: Model | null;
  optimizer: Optimizer<O>;
  views: ViewOptions;
  normalise: Normalisation;
  /** Whether targets are constants. */
  stop?: boolean;
}

/**
 * SimSiam: each view's prediction is drawn to the other view's projection, which is taken as given. Chen & He 2021, algorithm 1.
 *
 *   z = g(pool(f(view))),   p = h(z),   ℓ = ½ D(p₁, stop z₂) + ½ D(p₂, stop z₁),   D the negative cosine
 *
 * There are no negatives: one z for all images has the least loss, −1. What keeps the network from it is that nothing is
 * drawn towards a prediction; without `stop` both sides move towards each other, and it collapses. Metrics of a step: `loss`;
 * `spread` of the projections, 0 at collapse. Sums of an evaluation: `count` and `loss`, on one fixed pair of views of each
 * held-out image. `predict` gives the encoder's pooled features (B, F). paper: batch normalisation behind the last layer of g.
 */
export function simsiam<P extends Tree, S extends Tree, O extends Tree>(
  options: Options<P, S, O>
): Task<SimsiamState<P, S, O>, PairBatch> {
  const {encoder, predictor, optimizer, stop = true} = options;
  const model = projected(encoder, options.projector);
  const {sample, view} = pairs(options.views, options.normalise);
  const both = ({first, second}: Tensors<PairBatch>) => tf.concat([first, second]); // (2B, S, S, 3)
  type State = Pick<SimsiamState<P, S, O>, "params" | "stats">;
  const apply = ({params, stats}: State, batch: Tensors<PairBatch>, training: boolean) => {
    const [z, body] = model.apply({params, stats}, both(batch), {training});
    const [p, head] = predictor?.apply(params.predictor, stats.predictor, z, {training}) ?? [z, stats.predictor];
    return {z: tf.split(z, 2), p: tf.split(p, 2), stats: {...body, predictor: head}};
  };
  return {
    init(rng) {
      const {params, stats} = model.init(rng);
      const head = predictor?.init(rng.fork("predictor")) ?? {params: {}, stats: {}};
      const all = {...params, predictor: head.params};
      return {params: all, stats: {...stats, predictor: head.stats}, optimizer: optimizer.init(all)};
    },
    sample,
    step(state, batch, rate) {
      const [loss, grads, {stats, z1}] = valueAndGrad((params: typeof state.params) => {
        const {z, p, stats} = apply({...state, params}, batch, true);
        const [z1, z2] = stop ? z.map((each) => stopGradient(each)) : z;
        const loss = tf.mul(tf.add(negativeCosine(p[0], z2), negativeCosine(p[1], z1)), 0.5) as tf.Scalar;
        return [loss, {stats, z1: z[0]}];
      })(state.params);
      const [params, remembered] = optimizer.update(state.params, grads, state.optimizer, rate);
      return [
        {params, stats, optimizer: remembered},
        {loss, spread: spread(z1)}
      ];
    },
    view,
    evaluate(state, batch) {
      const {z, p} = apply(state, batch, false);
      const cosine = (a: tf.Tensor, b: tf.Tensor) => sum(tf.mul(l2Normalise(a), l2Normalise(b)), [1]); // (B)
      const each = mean(tf.stack([cosine(p[0], z[1]), cosine(p[1], z[0])]), [0]);
      return {count: sum(batch.mask), loss: tf.neg(sum(tf.mul(each, batch.mask))) as tf.Scalar};
    },
    predict: (state, {images}) => model.features(state, images)
  };
}
