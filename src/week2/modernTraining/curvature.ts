import * as tf from "@tensorflow/tfjs";
import {gather} from "../../components/data/batches.js";
import {normalise} from "../../components/data/augment.js";
import {sharpness, type Sharpness} from "../../components/evaluate/sharpness.js";
import {crossEntropy} from "../../components/losses/crossEntropy.js";
import {rng} from "../../components/math/random.js";
import {valueAndGrad} from "../../components/tensor/grad.js";
import {fromEntries, leaves, unflatten, type Tree} from "../../components/tensor/tree.js";
import type {Block} from "../../components/train/task.js";
import {validated, type ModernConfig} from "./config.js";
import {data, modelOf, statistics} from "./task.js";

const looked = 400;

/**
 * The largest eigenvalue of the Hessian of the mean loss of 400 training images, at given weights; computed in the worker.
 *
 * @param weights by name, as a checkpoint's.
 * @param rho the loss is also looked at so far along the gradient, as SAM does.
 */
export async function sharpnessAt(
  asked: Partial<ModernConfig>,
  weights: Record<string, Block>,
  rho: number
): Promise<Sharpness & {loss: number; above: number}> {
  const model = modelOf({...validated(asked), precision: "float32"});
  const {train} = await data({}, {open: () => Promise.reject(new Error("sharpnessAt: opens nothing")), progress() {}});
  const {images, labels} = gather(
    train,
    Uint32Array.from({length: looked}, (_, i) => i)
  );
  const pixels = normalise(images, statistics.mean, statistics.deviation);
  const x = tf.tensor(pixels, [looked, train.height, train.width, train.channels]);
  const y = tf.tensor1d(Int32Array.from(labels), "int32");
  const blocks = Object.entries(weights);
  const like = fromEntries(blocks.map(([name, {data, shape}]) => [name, tf.tensor(data, shape)]));
  const theta = Float64Array.from(blocks.flatMap(([, {data}]) => Array.from(data)));
  const at = atOf(like, (params) => crossEntropy(model.apply(params, {}, x)[0], y));
  try {
    const here = await at(theta);
    const norm = Math.sqrt(here.gradient.reduce((sum, g) => sum + g * g, 0));
    const there = await at(theta.map((t, i) => t + (rho * here.gradient[i]) / norm));
    const gradientAt = async (point: Float64Array) => (await at(point)).gradient;
    const found = await sharpness(gradientAt, theta, rng(1), {iterations: 20, step: 1e-2});
    return {...found, loss: here.loss, above: there.loss - here.loss};
  } finally {
    tf.dispose([x, y, like]);
  }
}

/** Loss and gradient as functions of one list of numbers, the leaves of `like` one after another. */
function atOf(like: Tree, lossOf: (params: Tree) => tf.Scalar) {
  const differentiate = valueAndGrad((params: Tree) => [lossOf(params), {}]);
  return async (theta: Float64Array) => {
    const [loss, gradient] = tf.tidy(() => {
      const [loss, grads] = differentiate(treeOf(like, theta));
      return [tf.reshape(loss, [1]), tf.concat(leaves(grads).map((g) => tf.reshape(g, [-1])))];
    });
    const read = {loss: (await loss.data())[0], gradient: Float64Array.from(await gradient.data())};
    tf.dispose([loss, gradient]);
    return read;
  };
}

/** The tree whose leaves, one after another, hold these numbers. */
function treeOf(like: Tree, theta: Float64Array): Tree {
  let from = 0;
  const list = leaves(like).map(({size, shape}) =>
    tf.tensor(Float32Array.from(theta.subarray(from, (from += size))), shape)
  );
  return unflatten(like, list);
}
