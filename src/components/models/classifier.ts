import {normal, type Init} from "../layers/init.js";
import {linear, type LinearParams} from "../layers/linear.js";
import {mean} from "../ops/mean.js";
import type {Tree} from "../tensor/tree.js";
import type {Encoder, Model} from "./model.js";

// torch's default, ±1 / √fan in, would start a ResNet-18 0.1 to 0.2 nats above log K; this starts its training within 0.05
const headWeight: Init = (rng, shape) => normal(rng, shape, 0.01);

/**
 * An encoder with a head: logits = W · pool(encoder(x)) + b, (B, …) → (B, K).
 *
 * A feature map (B, H, W, C) is averaged over H and W; a vector (B, C) is taken as it is. The parameters are the encoder's
 * with `fc` beside them, drawn from N(0, 0.01²); statistics and `aux` are the encoder's, and `aux` has `features`, what the head was given.
 *
 * @throws RangeError if classes < 2.
 */
export function classifier<P extends Tree, S extends Tree>(
  encoder: Encoder<P, S>,
  classes: number
): Model<P & {fc: LinearParams}, S> {
  if (!(classes >= 2)) throw new RangeError(`classifier: expected at least 2 classes, got ${classes}`);
  const head = linear(encoder.features, classes, {weight: headWeight});
  return {
    init(rng) {
      const {params, stats} = encoder.init(rng);
      return {params: {...params, fc: head.init(rng.fork("fc"))}, stats};
    },
    ...(encoder.noise && {noise: encoder.noise}),
    apply({fc, ...params}, stats, x, mode) {
      const [features, moved, aux] = encoder.apply(params as unknown as P, stats, x, mode);
      const pooled = features.rank === 4 ? mean(features, [1, 2]) : features; // (B, C)
      return [head.apply(fc, pooled), moved, {...aux, features}];
    }
  };
}
