import * as tf from "@tensorflow/tfjs";
import type {Rng} from "../math/random.js";
import * as ops from "../ops/attention.js";
import {attend} from "../ops/longAttention.js";
import {shapes} from "../tensor/shape.js";
import {kaimingUniform, xavierUniform, type Init} from "./init.js";
import {linear, type LinearParams} from "./linear.js";

/** `qkv` maps to queries, keys and values side by side, `proj` the joined heads to the output. The names are timm's. */
export type AttentionParams = {qkv: LinearParams; proj: LinearParams};

// Xavier's bound for each of the three D × D matrices, not for the D × 3D one that they share
const fusedWeight: Init = (rng, shape) => kaimingUniform(rng, shape, {gain: 1});

/**
 * Multi-head self-attention: (B, T, D) → (B, T, D). Vaswani et al. 2017, section 3.2.2.
 *
 *   [Q K V] = x Wqkv + b,   Yₕ = softmax(Qₕ Kₕᵀ / √d) Vₕ with d = D / heads,   y = [Y₁ … Yₕ] Wproj + b
 *
 * Permuting the tokens permutes the output. The loss does not depend on the keys' bias: it adds the same number to all
 * scores of a query. Its gradient is 0, what one sees is rounding.
 *
 * @param causal whether token i sees only the tokens j ≤ i.
 * @throws RangeError if the heads do not divide D.
 */
export function attention(width: number, heads: number, {causal = false} = {}) {
  if (!(heads >= 1) || width % heads)
    throw new RangeError(`attention: expected heads that divide ${width}, got ${heads}`);
  const qkv = linear(width, 3 * width, {weight: fusedWeight});
  const proj = linear(width, width, {weight: xavierUniform});
  /** Queries, keys and values (B, heads, T, d) and what hides keys from queries. */
  const split = ({qkv: params}: AttentionParams, x: tf.Tensor, mask?: tf.Tensor) => {
    const {B, T} = shapes("attention", {x: [x, `B T ${width}`]});
    const fused = tf.reshape(qkv.apply(params, x), [B, T, 3, heads, width / heads]);
    const [q, k, v] = tf.unstack(tf.transpose(fused, [2, 0, 3, 1, 4]));
    const past = causal ? ops.causalMask(T) : undefined;
    return {q, k, v, mask: past && mask ? tf.mul(past, mask) : (past ?? mask)};
  };
  const join = ({proj: params}: AttentionParams, y: tf.Tensor) => {
    const [B, , T] = y.shape;
    return proj.apply(params, tf.reshape(tf.transpose(y, [0, 2, 1, 3]), [B, T!, width]));
  };
  return {
    /** Glorot-uniform matrices and zero biases. */
    init(rng: Rng): AttentionParams {
      return {qkv: qkv.init(rng.fork("qkv")), proj: proj.init(rng.fork("proj"))};
    },
    /**
     * @param mask 1 where a token sees another and 0 where not, broadcast to (B, heads, T, T); of a batch padded to T: (B, 1, 1, T).
     * @returns y (B, T, D) and the weights (B, heads, T, T).
     * @throws RangeError if x is not (B, T, D) or the mask does not broadcast.
     */
    apply(params: AttentionParams, x: tf.Tensor, mask?: tf.Tensor): [y: tf.Tensor, weights: tf.Tensor] {
      const {q, k, v, ...options} = split(params, x, mask);
      const [y, weights] = ops.attention(q, k, v, options);
      return [join(params, y), weights];
    },
    /** The same y for those who do not ask for the weights, which then need not be in memory. */
    mix(params: AttentionParams, x: tf.Tensor, mask?: tf.Tensor): tf.Tensor {
      const {q, k, v, ...options} = split(params, x, mask);
      return join(params, attend(q, k, v, options));
    }
  };
}
