import * as tf from "@tensorflow/tfjs";
import {shapes} from "../tensor/shape.js";
import {matMul} from "./matMul.js";
import {sum} from "./mean.js";
import {defineOp, type Compute} from "./op.js";
import * as webgpu from "./webgpu/softmax.js";

/** Queries and keys; where there is one, also `mask`. */
type Scored = Record<"q" | "k", tf.Tensor> & Record<string, tf.Tensor>;

const unseen = -1e9; // below any score, and finite: −∞ would give a query that sees no key the weights 0/0

/** 1 / √d. */
export const scaleOf = (q: tf.Tensor) => 1 / Math.sqrt(q.shape[q.rank - 1]);

type Products = (q: tf.Tensor, k: tf.Tensor) => tf.Tensor;

/** q kᵀ / √d (…, T, S), with the scores of masked keys lowered until their weights are exactly 0. */
export function scoresOf(products: Products, {q, k, mask}: {q: tf.Tensor; k: tf.Tensor; mask?: tf.Tensor}): tf.Tensor {
  const scores = products(tf.mul(q, scaleOf(q)), k);
  return mask ? tf.add(scores, tf.mul(tf.sub(1, mask), unseen)) : scores;
}

const weigh =
  (products: Products): Compute<Scored, {maskShape: number[]}, tf.Tensor> =>
  (inputs) =>
    tf.softmax(scoresOf(products, inputs));

/** dS = P ∘ (dP − rowsum(dP ∘ P)) / √d. */
const scoresGradient = defineOp({
  name: "AttentionScoresGradient",
  plain({dWeights, weights}: Record<"dWeights" | "weights", tf.Tensor>, {scale}: {scale: number}): tf.Tensor {
    const centred = tf.sub(dWeights, sum(tf.mul(dWeights, weights), [-1], true));
    return tf.mul(tf.mul(weights, centred), scale);
  },
  variants: {webgpu: ({dWeights, weights}, {scale}) => webgpu.softmaxGradient(dWeights, weights, scale)}
});

// The weights are an op and their product with v another: as a second output of one op, weights that no loss reads would
// send a tensor of zeros, as large as they are, through every backward pass.
const weighted = defineOp({
  name: "AttentionWeights",
  plain: weigh((q, k) => tf.matMul(q, k, false, true)),
  variants: {
    wasm: weigh((q, k) => matMul(q, k, {transposeB: true})),
    // A mask that is the same for all leading axes is applied by the softmax; without one, so is the scale.
    webgpu({q, k, mask}, {maskShape}) {
      const own = (q: tf.Tensor, k: tf.Tensor) => matMul(q, k, {transposeB: true});
      const last = [q.shape.at(-2)!, k.shape.at(-2)!];
      if (mask && (mask.dtype !== "float32" || String(maskShape) !== String(last)))
        return weigh(own)({q, k, mask}, {maskShape});
      return webgpu.softmax(own(q, k), {scale: scaleOf(q), mask, unseen});
    }
  },
  gradient: {
    inputs: ["q", "k"],
    outputs: [true],
    rule(dWeights, {q, k}, [weights], {maskShape}) {
      const dScores = scoresGradient({dWeights, weights}, {scale: scaleOf(q)}); // (…, T, S)
      return {
        q: () => matMul(dScores, k),
        k: () => matMul(dScores, q, {transposeA: true}),
        mask: () => tf.zeros(maskShape)
      };
    }
  }
});

/**
 * Scaled dot-product attention: each of T queries takes the mean of S values, weighted by how well their keys match it.
 * Vaswani et al. 2017, eq. 1.
 *
 *   P = softmax(Q Kᵀ / √d),   Y = P V;   √d because Var(q · k) = d for independent entries of variance 1
 *   dV = Pᵀ dY,   dP = dY Vᵀ,   dS = P ∘ (dP − rowsum(dP ∘ P)) / √d,   dQ = dS K,   dK = dSᵀ Q
 *
 * @param q (…, T, d).
 * @param k (…, S, d), with the leading axes of q.
 * @param v (…, S, e), likewise.
 * @param mask 1 where a query sees a key and 0 where not; any shape that broadcasts to (…, T, S). It is data: its gradient
 *   is 0. Every query should see a key; the weights of one that sees none mean nothing.
 * @returns Y (…, T, e) and P (…, T, S), whose rows sum to 1. Gradients flow through both.
 * @throws RangeError if the shapes differ or the mask does not broadcast.
 */
export function attention(
  q: tf.Tensor,
  k: tf.Tensor,
  v: tf.Tensor,
  {mask}: {mask?: tf.Tensor} = {}
): [y: tf.Tensor, weights: tf.Tensor] {
  checkAttention(q, k, v, mask);
  const weights = weighted(mask ? {q, k, mask} : {q, k}, {maskShape: mask?.shape ?? []});
  return [matMul(weights, v), weights];
}

/** @throws RangeError if the shapes differ or the mask does not broadcast. */
export function checkAttention(q: tf.Tensor, k: tf.Tensor, v: tf.Tensor, mask?: tf.Tensor): void {
  const leading = q.shape.slice(0, -2);
  const axes = (last: string) => [...leading, last].join(" ");
  const {T, S} = shapes("attention", {q: [q, axes("T D")], k: [k, axes("S D")], v: [v, axes("S E")]});
  const scores = [...leading, T, S];
  if (mask && !broadcasts(mask.shape, scores))
    throw new RangeError(
      `attention: expected a mask that broadcasts to (${scores.join(", ")}), got (${mask.shape.join(", ")})`
    );
}

/** The mask (T, T) by which token i sees the tokens j ≤ i. */
export function causalMask(tokens: number): tf.Tensor2D {
  const sees = Float32Array.from({length: tokens * tokens}, (_, at) =>
    at % tokens <= Math.floor(at / tokens) ? 1 : 0
  );
  return tf.tensor2d(sees, [tokens, tokens]);
}

const broadcasts = (from: number[], to: number[]) =>
  from.length <= to.length && from.every((n, i) => n === 1 || n === to[to.length - from.length + i]);
