import * as tf from "@tensorflow/tfjs";
import {attention, type AttentionParams} from "../layers/attention.js";
import type {NormParams} from "../layers/batchNorm.js";
import {dropout} from "../layers/dropout.js";
import {feedForward, type FeedForwardParams} from "../layers/feedForward.js";
import {layerNorm} from "../layers/layerNorm.js";
import type {Rng} from "../math/random.js";
import type {Noise} from "./model.js";

/** The names are timm's. */
export type EncoderBlockParams = {
  norm1: NormParams;
  attn: AttentionParams;
  norm2: NormParams;
  mlp: FeedForwardParams;
};

interface Options {
  /** The width inside the feed-forward part; four times D unless told. */
  mlp?: number;
  /** The dropout of `proj`, `fc1` and `fc2`: ViT's places, not on the attention weights. */
  dropout?: number;
  /** The probability that an image skips a branch: stochastic depth, Huang et al. 2016. */
  dropPath?: number;
}

/**
 * The pre-norm encoder block: (B, T, D) → (B, T, D). Dosovitskiy et al. 2021, eq. 2 and 3.
 *
 *   h = x + MSA(LN x),   y = h + MLP(LN h)
 *
 * The norm stands inside the branch, so the sum along the blocks is never normalised: Xiong et al. 2020, section 3.
 */
export function encoderBlock(
  width: number,
  heads: number,
  {mlp: hidden = 4 * width, dropout: rate = 0, dropPath = 0}: Options = {}
) {
  const norm = layerNorm(width, {epsilon: 1e-6});
  const attn = attention(width, heads);
  const mlp = feedForward(width, hidden, {rate});
  const [drop, skip] = [dropout(rate), dropout(dropPath)];
  const rest = (params: EncoderBlockParams, x: tf.Tensor, mixed: tf.Tensor, noise: Noise) => {
    const h = skip.add(x, drop.apply(mixed, noise["attn.proj_drop"]), noise.drop_path1);
    const masks = {drop1: noise["mlp.drop1"], drop2: noise["mlp.drop2"]};
    const mapped = mlp.apply(params.mlp, norm.apply(params.norm2, h), masks);
    return skip.add(h, mapped, noise.drop_path2);
  };
  return {
    init(rng: Rng): EncoderBlockParams {
      return {
        norm1: norm.init(),
        attn: attn.init(rng.fork("attn")),
        norm2: norm.init(),
        mlp: mlp.init(rng.fork("mlp"))
      };
    },
    /** The masks of a batch of B sequences of T tokens; of a probability that is 0, none. */
    noise(rng: Rng, batch: number, tokens: number): Record<string, {data: Float32Array; shape: number[]}> {
      const inner = Object.entries(mlp.noise(rng.fork("mlp"), [batch, tokens]));
      const whole = (name: string) => ({[name]: skip.noise(rng.fork(name), [batch, 1, 1])});
      return {
        ...(rate > 0 && {"attn.proj_drop": drop.noise(rng.fork("attn"), [batch, tokens, width])}),
        ...Object.fromEntries(inner.map(([name, mask]) => [`mlp.${name}`, mask])),
        ...(dropPath > 0 && {...whole("drop_path1"), ...whole("drop_path2")})
      };
    },
    /** y, and the attention weights (B, heads, T, T). */
    apply(params: EncoderBlockParams, x: tf.Tensor, noise: Noise = {}): [y: tf.Tensor, weights: tf.Tensor] {
      const [mixed, weights] = attn.apply(params.attn, norm.apply(params.norm1, x));
      return [rest(params, x, mixed, noise), weights];
    },
    /** The same y without the weights. */
    mix(params: EncoderBlockParams, x: tf.Tensor, noise: Noise = {}): tf.Tensor {
      return rest(params, x, attn.mix(params.attn, norm.apply(params.norm1, x)), noise);
    }
  };
}
