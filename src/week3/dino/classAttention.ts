import * as tf from "@tensorflow/tfjs";
import {shapes} from "../../components/tensor/shape.js";

/**
 * The attention of the class token, the first, to the patches, head by head. Caron et al. 2021, Figure 1.
 *
 * @param weights (B, heads, T, T) of a block, T = 1 + side²; row i holds how much token i attends to each.
 * @returns (B, heads, side, side); what is missing from 1 in a head, the class token gives to itself.
 * @throws RangeError if T − 1 is not a square.
 */
export function classAttention(weights: tf.Tensor): tf.Tensor {
  const {B, H, T} = shapes("classAttention", {weights: [weights, "B H T T"]});
  const side = Math.sqrt(T - 1);
  if (!Number.isInteger(side) || side < 1)
    throw new RangeError(`classAttention: expected 1 + a square of tokens, got ${T}`);
  return tf.reshape(tf.slice(weights, [0, 0, 0, 1], [B, H, 1, T - 1]), [B, H, side, side]);
}
