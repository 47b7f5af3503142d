import * as tf from "@tensorflow/tfjs";
import {l2Normalise} from "../ops/l2Normalise.js";
import {matMul} from "../ops/matMul.js";
import {mean, sum} from "../ops/mean.js";
import {shapes} from "../tensor/shape.js";

interface Blocks {
  temperature?: number;
  /** How many rows of the table of cosines are held at a time. */
  block?: number;
}

/**
 * `ntXent` without its table of cosines: blocks of rows come one after another, and only their sums stay.
 *
 *   forward, block by block:  ℓᵢ = lᵢ − sᵢⱼ / τ,   lᵢ = log Σ_{k≠i} exp(sᵢₖ / τ)
 *   backward, with s computed again:  ∂ Σᵢ gᵢ lᵢ / ∂uᵢ = Σₖ (gᵢ pᵢₖ + gₖ pₖᵢ) uₖ / τ,   pᵢₖ = exp(sᵢₖ / τ − lᵢ),  sₖᵢ = sᵢₖ
 *
 * As s is symmetric, the block of rows i also holds what these views are to all others as keys. It takes tables of block × 2B
 * numbers where `ntXent` takes as many of 2B × 2B, and computes each twice. Value, gradient and errors are those of `ntXent`;
 * its gradient has no gradient.
 *
 * @throws RangeError also if block is not an integer ≥ 1.
 */
export function ntXentBlocks(z1: tf.Tensor, z2: tf.Tensor, {temperature = 0.5, block = 256}: Blocks = {}): tf.Scalar {
  shapes("ntXentBlocks", {z1: [z1, "B D"], z2: [z2, "B D"]});
  if (!(temperature > 0)) throw new RangeError(`ntXentBlocks: expected temperature > 0, got ${temperature}`);
  if (!Number.isInteger(block) || block < 1)
    throw new RangeError(`ntXentBlocks: expected an integer block ≥ 1, got ${block}`);
  const [first, second] = [z1, z2].map((z) => l2Normalise(z)); // (B, D)
  const near = tf.div(sum(tf.mul(first, second), [1]), temperature); // (B), the same from either view
  return tf.sub(mean(levels(tf.concat([first, second]), temperature, block)), mean(near));
}

/** lᵢ of each row of u, (2B, D) → (2B). A block is freed before the next one comes: the only loss that tidies. */
function levels(unit: tf.Tensor, temperature: number, block: number): tf.Tensor1D {
  const [views] = unit.shape;
  const starts = Array.from({length: Math.ceil(views / block)}, (_, i) => i * block);
  const blocks = (f: (rows: (x: tf.Tensor) => tf.Tensor, start: number) => tf.Tensor): tf.Tensor =>
    tf.concat(
      starts.map((start) => tf.tidy(() => f((x) => tf.slice(x, start, Math.min(block, views - start)), start)))
    );
  const withGradient = tf.customGrad((x, save) => {
    const u = x as tf.Tensor;
    const level = blocks((rows, start) => tf.logSumExp(rowsOf(u, rows(u), start, temperature), 1));
    (save as tf.GradSaveFunc)([u, level]);
    const gradFunc = (g: tf.Tensor, [u, level]: tf.Tensor[]) =>
      blocks((rows, start) => {
        const s = rowsOf(u, rows(u), start, temperature); // (b, 2B)
        const asQuery = tf.mul(tf.exp(tf.sub(s, tf.expandDims(rows(level), 1))), tf.expandDims(rows(g), 1)); // gᵢ pᵢₖ
        const asKey = tf.mul(tf.exp(tf.sub(s, level)), g); // gₖ pₖᵢ
        return tf.div(matMul(tf.add(asQuery, asKey), u), temperature); // (b, D)
      });
    return {value: tf.clone(level), gradFunc};
  });
  return withGradient(unit) as tf.Tensor1D;
}

/** Cosines of some views, from `start` on, with all, over τ, each without itself, (b, 2B). */
function rowsOf(u: tf.Tensor, some: tf.Tensor, start: number, temperature: number): tf.Tensor {
  const own = tf.oneHot(tf.range(start, start + some.shape[0], 1, "int32"), u.shape[0]);
  return tf.sub(tf.div(matMul(some, u, {transposeB: true}), temperature), tf.mul(tf.cast(own, "float32"), 1e9));
}
