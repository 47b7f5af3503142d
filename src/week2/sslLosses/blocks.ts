import * as tf from "@tensorflow/tfjs";
import {ntXent} from "../../components/losses/ntXent.js";
import {ntXentBlocks} from "../../components/losses/ntXentBlocks.js";
import {rng} from "../../components/math/random.js";

/** NT-Xent of drawn projections (N, D) by the whole table and by blocks, in the worker: both values, and how far gradients differ. */
export function compared({pairs, size, block}: {pairs: number; size: number; block: number}) {
  const views = [1, 2].map((seed) => tf.tensor2d(rng(seed).normal(pairs * size), [pairs, size]));
  const of = (loss: (z1: tf.Tensor, z2: tf.Tensor) => tf.Scalar) => {
    const {value, grads} = tf.valueAndGrads(loss)(views);
    return {value, gradient: tf.concat(grads)};
  };
  const [whole, blocks] = [of((a, b) => ntXent(a, b)), of((a, b) => ntXentBlocks(a, b, {block}))];
  return {
    whole: whole.value,
    blocks: blocks.value,
    largest: tf.max(tf.abs(whole.gradient)),
    difference: tf.max(tf.abs(tf.sub(whole.gradient, blocks.gradient)))
  };
}
