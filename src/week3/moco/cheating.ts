import * as tf from "@tensorflow/tfjs";
import {rng as seeded, type Rng} from "../../components/math/random.js";
import {l2Normalise} from "../../components/ops/l2Normalise.js";
import {matMul} from "../../components/ops/matMul.js";
import {mean} from "../../components/ops/mean.js";
import {softmaxCrossEntropy} from "../../components/ops/softmaxCrossEntropy.js";
import {valueAndGrad} from "../../components/tensor/grad.js";

/** Sizes of the demonstration: `groups` devices with `group` images each. */
export interface Devices {
  group: number;
  groups: number;
  steps: number;
  seed: number;
}

const [inputs, hidden, outputs] = [16, 32, 16];
const [noise, temperature, rate] = [0.1, 0.2, 0.5];

/**
 * Can batch normalisation give a query's key away? Pairs of different images: the positive of image i is the next image of the same
 * device, the negatives are all images of other devices, so that nothing in the images tells which key is right. Views are
 * the image, each number with a tenth of noise; images are independent, two of three of their numbers 0, as after a ReLU. They are normalised by mean
 * and variance of their device and pass a network of one hidden layer; keys pass the same network, stop-gradient. Shuffled,
 * the keys are normalised in other company than their queries.
 *
 *   without a leak the loss cannot fall below ln(1 + (G − 1) n),   G devices of n images
 *
 * @returns the loss of each step on its fresh batch, before its update, in nats.
 */
export function cheat({group, groups, steps, seed}: Devices, shuffled: boolean): {loss: tf.Tensor} {
  const stream = seeded(seed);
  let params: Params = {
    first: drawn(stream.fork("first"), inputs, hidden),
    last: drawn(stream.fork("last"), hidden, outputs)
  };
  const losses: tf.Scalar[] = [];
  for (let step = 0; step < steps; ++step) {
    const [next, loss] = tf.tidy(() => stepOf(params, batchOf(stream.fork("step", step), group, groups, shuffled)));
    tf.dispose(params);
    params = next;
    losses.push(loss);
  }
  return {loss: tf.stack(losses)};
}

type Params = {first: tf.Tensor; last: tf.Tensor};

const drawn = (rng: Rng, rows: number, columns: number) =>
  tf.tensor2d(rng.normal(rows * columns, 0, Math.sqrt(2 / rows)), [rows, columns]);

/** Views of one batch, and in which order the keys are put to devices; `back` undoes it. */
function batchOf(rng: Rng, group: number, groups: number, shuffled: boolean) {
  const count = group * groups;
  const images = rng.normal(count * inputs).map((x) => Math.max(0, x - 0.5)); // as after a ReLU: two of three are 0
  const view = (name: string) => {
    const added = rng.fork(name).normal(images.length, 0, noise);
    return tf.tensor2d(images.map((x, i) => x * (1 + added[i])), [count, inputs]); // prettier-ignore
  };
  const order = shuffled ? Int32Array.from(rng.permutation(count)) : Int32Array.from({length: count}, (_, i) => i);
  const back = new Int32Array(count);
  order.forEach((from, to) => (back[from] = to));
  return {query: view("query"), key: view("key"), order: tf.tensor1d(order), back: tf.tensor1d(back), group, groups};
}

function stepOf(
  params: Params,
  {query, key, order, back, group, groups}: ReturnType<typeof batchOf>
): [Params, tf.Scalar] {
  const count = group * groups;
  const apply = ({first, last}: Params, x: tf.Tensor) => {
    const parts = tf.reshape(x, [groups, group, inputs]);
    const centred = tf.sub(parts, mean(parts, [1], true));
    const scaled = tf.div(centred, tf.sqrt(tf.add(mean(tf.square(centred), [1], true), 1e-5)));
    return l2Normalise(matMul(tf.relu(matMul(tf.reshape(scaled, [count, inputs]), first)), last));
  };
  const keys = tf.gather(apply(params, tf.gather(key, order)), back); // outside of what is differentiated
  const [loss, grads] = valueAndGrad((p: Params) => {
    const logits = tf.div(matMul(apply(p, query), keys, {transposeB: true}), temperature);
    const {left, right} = places(group, groups);
    return [mean(softmaxCrossEntropy(tf.sub(logits, left), right)) as tf.Scalar, null];
  })(params);
  const next = {first: moved(params.first, grads.first), last: moved(params.last, grads.last)};
  return [next, loss];
}

const moved = (value: tf.Tensor, gradient: tf.Tensor) => tf.sub(value, tf.mul(gradient, rate));

/** left: 10⁹ where a key is neither the next of the same device nor of another; right: 1 at the positive. */
function places(group: number, groups: number) {
  const count = group * groups;
  const [left, right] = [new Float32Array(count * count), new Float32Array(count * count)];
  for (let i = 0; i < count; ++i) {
    const device = Math.floor(i / group);
    const positive = device * group + ((i + 1) % group);
    right[i * count + positive] = 1;
    for (let j = device * group; j < (device + 1) * group; ++j) left[i * count + j] = j === positive ? 0 : 1e9;
  }
  return {left: tf.tensor2d(left, [count, count]), right: tf.tensor2d(right, [count, count])};
}
