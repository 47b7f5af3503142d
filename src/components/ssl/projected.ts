import type * as tf from "@tensorflow/tfjs";
import type {Rng} from "../math/random.js";
import type {Encoder, Mode, Model} from "../models/model.js";
import type {Tree} from "../tensor/tree.js";
import {pooled} from "./pooled.js";

/** An encoder's parameters and statistics, with those of the head that turns its features into what a loss compares. */
export type Projected<P extends Tree = Tree, S extends Tree = Tree> = {
  params: {encoder: P; projector: Tree};
  stats: {encoder: S; projector: Tree};
};

/** An encoder and a head as one network: z = head(pool(encoder(x))). */
export function projected<P extends Tree, S extends Tree>(encoder: Encoder<P, S>, projector: Model) {
  return {
    init(rng: Rng): Projected<P, S> {
      const [body, head] = [encoder.init(rng.fork("encoder")), projector.init(rng.fork("projector"))];
      return {
        params: {encoder: body.params, projector: head.params},
        stats: {encoder: body.stats, projector: head.stats}
      };
    },
    apply(
      {params, stats}: Projected<P, S>,
      x: tf.Tensor,
      mode: Pick<Mode, "training"> = {}
    ): [z: tf.Tensor, stats: Projected<P, S>["stats"]] {
      const [features, body] = encoder.apply(params.encoder, stats.encoder, x, mode);
      const [z, head] = projector.apply(params.projector, stats.projector, pooled(features), mode);
      return [z, {encoder: body, projector: head}];
    },
    /** What is used when training is over: the encoder's pooled features (B, F), by running statistics. */
    features: ({params, stats}: Projected<P, S>, images: tf.Tensor): tf.Tensor =>
      pooled(encoder.apply(params.encoder, stats.encoder, images)[0])
  };
}
