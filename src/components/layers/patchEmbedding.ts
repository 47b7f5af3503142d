import * as tf from "@tensorflow/tfjs";
import type {Rng} from "../math/random.js";
import {shapes} from "../tensor/shape.js";
import {conv, type ConvParams} from "./conv.js";
import {kaimingNormal} from "./init.js";

/** `proj` is a filter (P, P, C, D) with a bias (D): the name is timm's. */
export type PatchEmbeddingParams = {proj: ConvParams};

/**
 * Patch embedding: an image's P × P patches, row by row, each mapped to D numbers: (B, H, W, C) → (B, N, D), N = HW / P².
 * Dosovitskiy et al. 2021, eq. 1.
 *
 * A convolution with stride P: the same numbers as a linear map of `patchify`'s rows by the filter reshaped to (P²C, D).
 */
export function patchEmbedding(channels: number, width: number, patch: number) {
  const proj = conv(channels, width, {kernel: patch, stride: patch, padding: 0, bias: true});
  return {
    /** N(0, 1 / (P²C)), for no ReLU follows, and a zero bias. */
    init(rng: Rng): PatchEmbeddingParams {
      const weight = kaimingNormal(rng, [patch, patch, channels, width], {gain: 1});
      return {proj: {weight, bias: tf.zeros([width])}};
    },
    /** @throws RangeError if P does not divide H and W, or the channels differ. */
    apply(params: PatchEmbeddingParams, x: tf.Tensor): tf.Tensor {
      const {B, H, W} = patches("patchEmbedding", x, patch);
      return tf.reshape(proj.apply(params.proj, x), [B, (H / patch) * (W / patch), width]);
    }
  };
}

/**
 * An image's patches as rows: (B, H, W, C) → (B, N, P²C), patches in reading order and in each its pixels likewise.
 *
 * @throws RangeError if P does not divide H and W.
 */
export function patchify(x: tf.Tensor, patch: number): tf.Tensor {
  const {B, H, W, C} = patches("patchify", x, patch);
  const cut = tf.reshape(x, [B, H / patch, patch, W / patch, patch * C]);
  return tf.reshape(tf.transpose(cut, [0, 1, 3, 2, 4]), [B, (H / patch) * (W / patch), patch * patch * C]);
}

/**
 * The image of `patchify`'s rows: (B, N, P²C) → (B, H, W, C).
 *
 * @param size H and W.
 * @throws RangeError if the number of rows is not that of the image's patches.
 */
export function unpatchify(rows: tf.Tensor, patch: number, [H, W]: [number, number]): tf.Tensor {
  const [down, across] = [H / patch, W / patch];
  const {B, E} = shapes("unpatchify", {rows: [rows, `B ${down * across} E`]});
  const cut = tf.reshape(rows, [B, down, across, patch, E / patch]); // (B, H/P, W/P, P, PC)
  return tf.reshape(tf.transpose(cut, [0, 1, 3, 2, 4]), [B, H, W, E / (patch * patch)]);
}

function patches(caller: string, x: tf.Tensor, patch: number): Record<"B" | "H" | "W" | "C", number> {
  const {B, H, W, C} = shapes(caller, {x: [x, "B H W C"]});
  if (H % patch || W % patch)
    throw new RangeError(`${caller}: expected a patch size that divides ${H} and ${W}, got ${patch}`);
  return {B, H, W, C};
}
