import * as tf from "@tensorflow/tfjs";
import {rng as seeded, type Rng} from "../../components/math/random.js";
import {l2Normalise} from "../../components/ops/l2Normalise.js";
import {matMul} from "../../components/ops/matMul.js";
import {mean} from "../../components/ops/mean.js";
import {softmaxCrossEntropy} from "../../components/ops/softmaxCrossEntropy.js";
import {valueAndGrad} from "../../components/tensor/grad.js";
import {inputs, pairs, type Groups} from "./devices.js";

/** Sizes of the demonstration, and how long it goes on. */
export interface Devices extends Groups {
  steps: number;
  seed: number;
}

const [hidden, outputs] = [128, 64];
const [temperature, rate] = [0.2, 2];

/**
 * Can a network live on what batch normalisation gives away? The pairs of `devices.ts` pass a network of one hidden layer,
 * keys with stop-gradient, and every query is to be told its key among those of all G devices.
 *
 *   ℓ = −ln softmax(q · kⱼ / τ) at its own key;   whatever scores pairs without a leak has a mean of at least ln G
 *
 * @returns the loss of each step on its fresh batch, before its update, in nats.
 */
export function cheat({steps, seed, ...groups}: Devices, shuffled: boolean): {loss: tf.Tensor} {
  const stream = seeded(seed);
  let params: Params = {
    first: drawn(stream.fork("first"), inputs, hidden),
    last: drawn(stream.fork("last"), hidden, outputs)
  };
  const losses: tf.Scalar[] = [];
  for (let step = 0; step < steps; ++step) {
    const [next, loss] = tf.tidy(() => stepOf(params, batchOf(stream.fork("step", step), groups, shuffled)));
    tf.dispose(params);
    params = next;
    losses.push(loss);
  }
  const loss = tf.stack(losses);
  tf.dispose([params, losses]);
  return {loss};
}

type Params = {first: tf.Tensor; last: tf.Tensor};

const drawn = (rng: Rng, rows: number, columns: number) =>
  tf.tensor2d(rng.normal(rows * columns, 0, Math.sqrt(2 / rows)), [rows, columns]);

function batchOf(rng: Rng, groups: Groups, shuffled: boolean) {
  const {query, key} = pairs(rng, groups, shuffled);
  return {query: tf.tensor2d(query, [groups.groups, inputs]), key: tf.tensor2d(key, [groups.groups, inputs])};
}

function stepOf(params: Params, {query, key}: ReturnType<typeof batchOf>): [Params, tf.Scalar] {
  const apply = ({first, last}: Params, x: tf.Tensor) => l2Normalise(matMul(tf.relu(matMul(x, first)), last));
  const keys = apply(params, key); // outside of what is differentiated
  const own = tf.eye(query.shape[0]);
  const [loss, grads] = valueAndGrad((p: Params) => {
    const logits = tf.div(matMul(apply(p, query), keys, {transposeB: true}), temperature); // (G, G)
    return [mean(softmaxCrossEntropy(logits, own)) as tf.Scalar, null];
  })(params);
  return [{first: moved(params.first, grads.first), last: moved(params.last, grads.last)}, loss];
}

const moved = (value: tf.Tensor, gradient: tf.Tensor) => tf.sub(value, tf.mul(gradient, rate));
