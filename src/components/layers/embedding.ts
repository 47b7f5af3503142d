import type * as tf from "@tensorflow/tfjs";
import type {Rng} from "../math/random.js";
import {gather} from "../ops/gather.js";
import {normal} from "./init.js";

/** One row for each token of the vocabulary, (V, D). */
export type EmbeddingParams = {weight: tf.Tensor};

/** Token embedding: y[b, t] = W[ids[b, t]], (…) int32 → (…, D). A row's gradient is the sum over its token's places. */
export function embedding(vocabulary: number, width: number) {
  return {
    /** N(0, 0.02²), GPT-2's choice. */
    init(rng: Rng): EmbeddingParams {
      return {weight: normal(rng, [vocabulary, width], 0.02)};
    },
    /** @throws RangeError if ids are not int32. */
    apply({weight}: EmbeddingParams, ids: tf.Tensor): tf.Tensor {
      return gather(weight, ids);
    }
  };
}
