import * as tf from "@tensorflow/tfjs";
import type {NormParams} from "../layers/batchNorm.js";
import {dropout} from "../layers/dropout.js";
import {normal} from "../layers/init.js";
import {layerNorm} from "../layers/layerNorm.js";
import {patchEmbedding, type PatchEmbeddingParams} from "../layers/patchEmbedding.js";
import {learnedPositions, sinusoidalPositions} from "../layers/positions.js";
import {mean} from "../ops/mean.js";
import {shapes} from "../tensor/shape.js";
import {encoderBlock, type EncoderBlockParams} from "./encoderBlock.js";
import type {Aux, Encoder, Noise} from "./model.js";

type Core = {
  patch_embed: PatchEmbeddingParams;
  blocks: {[index: string]: EncoderBlockParams};
  norm: NormParams;
};
type With<Names extends string> = Core & Record<Names, tf.Tensor>;

/** The names are timm's; `cls_token` (1, 1, D) and `pos_embed` (1, T, D) are there where the options ask for them. */
export type VitParams = Core | With<"cls_token"> | With<"pos_embed"> | With<"cls_token" | "pos_embed">;

/** What a vision transformer is made of. */
export interface VitSize {
  /** The images' height and width, in pixels. */
  image: number;
  /** P: patches are P × P pixels, and P divides the image. */
  patch: number;
  /** D, the width of a token. */
  width: number;
  depth: number;
  heads: number;
  /** The width inside the blocks' feed-forward parts. */
  mlp: number;
}

interface Options {
  /** Read the answer from a token added for that ("cls"), or from the mean of the patches' tokens, with none added. */
  pool?: "cls" | "mean";
  positions?: "learned" | "sinusoidal";
  /** After the positions are added and inside the blocks; masks come from `noise`. */
  dropout?: number;
  /** Of the last block; the probability of skipping a branch grows linearly from 0 at the first one. */
  dropPath?: number;
}

/**
 * A vision transformer, as an encoder: (B, H, W, 3) → (B, D). Dosovitskiy et al. 2021, eq. 1 to 4.
 *
 *   z₀ = [cls; patches E] + positions,   zᵢ = blockᵢ(zᵢ₋₁),   y = LN(z_L) of the class token, or its mean over the tokens
 *
 * `aux` holds each block's output (`blocks.0`, (B, T, D)) and attention weights (`blocks.0.attn`, (B, heads, T, T); not
 * in training), and `tokens`, LN(z_L). T is the number of patches, and one more with a class token, which then is the first.
 *
 * @throws RangeError for sizes that do not divide, a depth < 1, or an x that is not (B, image, image, 3).
 */
export function vit(
  {image, patch, width, depth, heads, mlp}: VitSize,
  {pool = "cls", positions = "learned", dropout: rate = 0, dropPath = 0}: Options = {}
): Encoder<VitParams> {
  if (image % patch) throw new RangeError(`vit: expected a patch size that divides ${image}, got ${patch}`);
  if (!Number.isInteger(depth) || depth < 1) throw new RangeError(`vit: expected a depth ≥ 1, got ${depth}`);
  const tokens = (image / patch) ** 2 + (pool === "cls" ? 1 : 0);
  const embed = patchEmbedding(3, width, patch);
  const learned = learnedPositions(tokens, width);
  const fixed = sinusoidalPositions(width);
  const drop = dropout(rate);
  const norm = layerNorm(width, {epsilon: 1e-6});
  const blocks = Array.from({length: depth}, (_, i) => {
    const skip = depth > 1 ? (dropPath * i) / (depth - 1) : dropPath;
    return {name: `blocks.${i}`, block: encoderBlock(width, heads, {mlp, dropout: rate, dropPath: skip})};
  });
  return {
    features: width,
    init(rng) {
      const params = {
        ...(pool === "cls" && {cls_token: normal(rng.fork("cls_token"), [1, 1, width], 0.02)}),
        ...(positions === "learned" && {pos_embed: learned.init(rng.fork("pos_embed"))}),
        patch_embed: embed.init(rng.fork("patch_embed")),
        blocks: Object.fromEntries(blocks.map(({block}, i) => [i, block.init(rng.fork("blocks", i))])),
        norm: norm.init()
      };
      return {params: params as VitParams, stats: {}};
    },
    noise(rng, batch) {
      const inner = blocks.flatMap(({name, block}, i) =>
        Object.entries(block.noise(rng.fork("blocks", i), batch, tokens)).map(([mask, drawn]) => [
          `${name}.${mask}`,
          drawn
        ])
      );
      return {
        ...(rate > 0 && {pos_drop: drop.noise(rng.fork("pos_drop"), [batch, tokens, width])}),
        ...Object.fromEntries(inner)
      };
    },
    apply(params, stats, x, {noise = {}, training} = {}) {
      const {B} = shapes("vit", {x: [x, `B ${image} ${image} 3`]});
      let z = embed.apply(params.patch_embed, x); // (B, N, D)
      if ("cls_token" in params) {
        const first = tf.add(tf.zeros([B, 1, width]), params.cls_token); // the gradient of tf.tile would be B slices
        z = tf.concat([first, z], 1); // (B, N + 1, D)
      }
      z = "pos_embed" in params ? learned.apply(params.pos_embed, z) : fixed.apply(z);
      z = drop.apply(z, noise.pos_drop);
      const aux: Aux = {};
      for (const [i, {name, block}] of blocks.entries()) {
        const masks = under(`${name}.`, noise);
        if (training) z = block.mix(params.blocks[i], z, masks);
        else [z, aux[`${name}.attn`]] = block.apply(params.blocks[i], z, masks);
        aux[name] = z;
      }
      aux.tokens = norm.apply(params.norm, z);
      const first = () => tf.reshape(tf.slice(aux.tokens, [0, 0, 0], [B, 1, width]), [B, width]);
      return [pool === "cls" ? first() : mean(aux.tokens, [1]), stats, aux];
    }
  };
}

/** The masks whose names begin with the prefix, without it. */
const under = (prefix: string, noise: Noise): Noise =>
  Object.fromEntries(
    Object.entries(noise)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, mask]) => [name.slice(prefix.length), mask])
  );
