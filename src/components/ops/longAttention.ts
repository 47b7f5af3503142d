import * as tf from "@tensorflow/tfjs";
import {attention, checkAttention, scoresOf, scaleOf} from "./attention.js";
import {defineOp, floats, type Compute} from "./op.js";
import * as webgpu from "./webgpu/attention.js";

/** Queries, keys and values; where there is one, also `mask`. */
type Attended = Record<"q" | "k" | "v", tf.Tensor> & Record<string, tf.Tensor>;
type Backward = Attended & Record<"y" | "lse" | "dy", tf.Tensor>;

const multiply = (a: tf.Tensor, b: tf.Tensor, transposeA = false, transposeB = false) => tf.matMul(a, b, transposeA, transposeB); // prettier-ignore
const scored = ({q, k, mask}: Attended) => scoresOf((q, k) => multiply(q, k, false, true), {q, k, mask}); // (…, T, S)

/** dq, dk, dv: P = exp(S − lse) is computed again, and rowsum(dP ∘ P) = dy · y. */
const gradient: Compute<Backward, Record<string, never>, tf.Tensor[]> = defineOp({
  name: "LongAttentionGradient",
  plain({q, k, v, y, lse, dy, mask}) {
    const weights = tf.exp(tf.sub(scored({q, k, v, mask}), tf.expandDims(lse, -1)));
    const centred = tf.sub(multiply(dy, v, false, true), tf.sum(tf.mul(dy, y), -1, true));
    const dScores = tf.mul(tf.mul(weights, centred), scaleOf(q));
    return [multiply(dScores, k), multiply(dScores, q, true), multiply(weights, dy, true)];
  },
  variants: {webgpu: floats(webgpu.gradient)}
});

/** y and lse; of an op that saves an input all calls must have it, so one with a mask is another. */
const long = (masked: boolean): Compute<Attended, Record<string, never>, tf.Tensor[]> =>
  defineOp({
    name: masked ? "LongAttentionMasked" : "LongAttention",
    plain(inputs: Attended) {
      const scores = scored(inputs);
      const lse = tf.logSumExp(scores, -1);
      return [multiply(tf.exp(tf.sub(scores, tf.expandDims(lse, -1))), inputs.v), lse];
    },
    variants: {webgpu: floats(webgpu.forward)},
    gradient: {
      inputs: masked ? ["q", "k", "v", "mask"] : ["q", "k", "v"],
      outputs: [true, true],
      rule([dy], saved, [y, lse]) {
        const [dq, dk, dv] = gradient({...(saved as Attended), y, lse, dy}, {});
        return {q: () => dq, k: () => dk, v: () => dv, mask: () => tf.zeros(saved.mask.shape)};
      }
    }
  });

const [bare, masked] = [long(false), long(true)];

/**
 * Y of `attention` in memory that grows with T + S and not with T S. Dao et al. 2022, section 3.1.
 *
 *   per query, one key after another:  m' = max(m, s),  l ← l e^{m−m'} + e^{s−m'},  y ← y e^{m−m'} + e^{s−m'} v;   Y = y / l
 *   backward: P = exp(S − lse) again, with lse = m + log l of each query
 *
 * So it is on WebGPU for d, e ≤ 128; elsewhere it is computed from the whole of P. Its gradient has no gradient.
 *
 * @param q (…, T, d), with k (…, S, d), v (…, S, e) and the mask as those of `attention`.
 * @returns Y (…, T, e).
 * @throws RangeError if the shapes differ or the mask does not broadcast.
 */
export function longAttention(q: tf.Tensor, k: tf.Tensor, v: tf.Tensor, {mask}: {mask?: tf.Tensor} = {}): tf.Tensor {
  checkAttention(q, k, v, mask);
  return mask ? masked({q, k, v, mask}, {})[0] : bare({q, k, v}, {})[0];
}

const short = 256; // keys, up to which the product of whole matrices is worth its memory

/** Y of `attention` for those who do not ask for the weights: where there are many keys, they are never written out. */
export function attend(q: tf.Tensor, k: tf.Tensor, v: tf.Tensor, {mask}: {mask?: tf.Tensor} = {}): tf.Tensor {
  const long = tf.getBackend() === "webgpu" && k.shape[k.rank - 2]! > short;
  return long ? longAttention(q, k, v, {mask}) : attention(q, k, v, {mask})[0];
}
