import type * as tf from "@tensorflow/tfjs";
import {mean} from "../ops/mean.js";

/** One vector an image: a feature map (B, H, W, F) averaged over its places, a vector (B, F) as it is. */
export const pooled = (features: tf.Tensor): tf.Tensor => (features.rank === 4 ? mean(features, [1, 2]) : features);
