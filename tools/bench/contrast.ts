import * as tf from "@tensorflow/tfjs";
import type {Encoder} from "../../src/components/models/model.js";
import {mlp} from "../../src/components/models/mlp.js";
import {matMul} from "../../src/components/ops/matMul.js";
import {mean} from "../../src/components/ops/mean.js";
import {softmaxCrossEntropy} from "../../src/components/ops/softmaxCrossEntropy.js";
import type {Optimizer} from "../../src/components/optimizers/optimizer.js";
import {valueAndGrad} from "../../src/components/tensor/grad.js";
import type {Tree} from "../../src/components/tensor/tree.js";
import type {Batch, Block, Task} from "../../src/components/train/task.js";

type State = {params: {encoder: Tree; projector: Tree}; stats: Tree; optimizer: Tree};
export type ContrastBatch = Batch & {views: Block; others: Block; partners: Block};

const temperature = 0.5;

/** What a step of SimCLR costs: 2B views, row i's partner being row i + B, and no task beside. Chen et al. 2020, eq. 1. */
export function contrast<P extends Tree, S extends Tree, O extends Tree>(
  encoder: Encoder<P, S>,
  optimizer: Optimizer<O>
): Pick<Task<State, ContrastBatch>, "init" | "step"> {
  const projector = mlp([encoder.features, encoder.features, 128]);
  return {
    init(rng) {
      const {params, stats} = encoder.init(rng);
      const both = {encoder: params, projector: projector.init(rng.fork("projector")).params};
      return {params: both, stats, optimizer: optimizer.init(both)};
    },
    step(state, {views, others, partners}, rate) {
      const [loss, grads, {stats}] = valueAndGrad((params: State["params"]) => {
        const [features, stats] = encoder.apply(params.encoder as P, state.stats as S, views, {training: true});
        const [z] = projector.apply(params.projector as never, {}, mean(features, [1, 2]));
        const unit = tf.div(z, tf.sqrt(tf.sum(tf.square(z), 1, true))); // (2B, D)
        const similarity = tf.div(matMul(unit, unit, {transposeB: true}), temperature);
        const masked = tf.add(similarity, tf.mul(tf.sub(1, others), -1e9)); // a view is not its own negative
        return [mean(softmaxCrossEntropy(masked, partners)), {stats}];
      })(state.params);
      const [params, remembered] = optimizer.update(state.params, grads, state.optimizer as O, rate);
      return [{params, stats, optimizer: remembered}, {loss}];
    }
  };
}

/** Which rows are others, and whose partner is whose: (2B, 2B) each. */
export function pairs(count: number): Pick<ContrastBatch, "others" | "partners"> {
  const matrix = (entry: (i: number, j: number) => boolean): Block => ({
    data: Float32Array.from({length: count ** 2}, (_, at) => Number(entry(Math.floor(at / count), at % count))),
    shape: [count, count]
  });
  return {others: matrix((i, j) => i !== j), partners: matrix((i, j) => j === (i + count / 2) % count)};
}
