import * as tf from "@tensorflow/tfjs";
import {kaimingNormal, type Init} from "../layers/init.js";
import {linear, type LinearParams} from "../layers/linear.js";
import {gelu} from "../ops/gelu.js";
import {l2Normalise} from "../ops/l2Normalise.js";
import {matMul} from "../ops/matMul.js";
import type {Encoder} from "./model.js";

export type DinoHeadParams = {fc1: LinearParams; fc2: LinearParams; fc3: LinearParams; last: {weight: tf.Tensor}};

interface Options {
  hidden?: number;
  /** The width at which vectors are scaled to length 1, before the last layer. */
  bottleneck?: number;
}

// paper: every weight N(0, 0.02²), for AdamW; before a scaling to length 1 that would make SGD's gradients very large
const even: Init = (rng, shape) => kaimingNormal(rng, shape, {gain: 1});

/**
 * The head of DINO: features (B, F) → (B, K) scores of K prototypes. Caron et al. 2021, section 3.1 and appendix C.
 *
 *   u = unit(W₃ gelu(W₂ gelu(W₁ h))),   zₖ = u · vₖ / ‖vₖ‖
 *
 * The last layer is weight-normalised with a gain fixed at 1, so each score is a cosine in [−1, 1]: no score can be made
 * large by a long weight. Its leaf is `last.weight` (bottleneck, K).
 */
export function dinoHead(
  features: number,
  outputs: number,
  {hidden = 512, bottleneck = 128}: Options = {}
): Encoder<DinoHeadParams> {
  const fc1 = linear(features, hidden);
  const fc2 = linear(hidden, hidden);
  const fc3 = linear(hidden, bottleneck, {weight: even});
  return {
    features: outputs,
    init: (rng) => ({
      params: {
        fc1: fc1.init(rng.fork("fc1")),
        fc2: fc2.init(rng.fork("fc2")),
        fc3: fc3.init(rng.fork("fc3")),
        last: {weight: even(rng.fork("last"), [bottleneck, outputs])}
      },
      stats: {}
    }),
    apply(params, stats, h) {
      const deep = gelu(fc2.apply(params.fc2, gelu(fc1.apply(params.fc1, h))));
      const unit = l2Normalise(fc3.apply(params.fc3, deep)); // (B, bottleneck)
      const prototypes = l2Normalise(tf.transpose(params.last.weight)); // (K, bottleneck)
      return [matMul(unit, prototypes, {transposeB: true}), stats, {}];
    }
  };
}
