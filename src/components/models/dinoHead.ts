import * as tf from "@tensorflow/tfjs";
import {batchNorm, type BatchStats, type NormParams} from "../layers/batchNorm.js";
import {kaimingNormal, type Init} from "../layers/init.js";
import {linear, type LinearParams} from "../layers/linear.js";
import {gelu} from "../ops/gelu.js";
import {l2Normalise} from "../ops/l2Normalise.js";
import {matMul} from "../ops/matMul.js";
import type {Encoder} from "./model.js";

type Layers = {fc1: LinearParams; fc2: LinearParams; fc3: LinearParams; last: {weight: tf.Tensor}};
export type DinoHeadParams = Layers | (Layers & {bn1: NormParams; bn2: NormParams});
/** bn1 and bn2, where there are such. */
export type DinoHeadStats = Record<string, BatchStats>;

interface Options {
  /** Width of the two hidden layers. */
  hidden?: number;
  /** The width at which vectors are scaled to length 1, before the last layer. */
  bottleneck?: number;
  /** Batch normalisation after the first two layers, for encoders that have it too. */
  norm?: boolean;
}

// paper: every weight N(0, 0.02²), for AdamW; before a scaling to length 1 that would make SGD's gradients very large
const even: Init = (rng, shape) => kaimingNormal(rng, shape, {gain: 1});

/**
 * The head of DINO: features (B, F) → (B, K) scores of K prototypes. Caron et al. 2021, section 3.1.
 *
 *   u = unit(W₃ gelu(N(W₂ gelu(N(W₁ h))))),   zₖ = u · vₖ / ‖vₖ‖,   N batch normalisation or nothing
 *
 * The last layer is weight-normalised with a gain fixed at 1, so each score is a cosine in [−1, 1]: no score can be made
 * large by a long weight. Its leaf is `last.weight` (bottleneck, K).
 */
export function dinoHead(
  features: number,
  outputs: number,
  {hidden = 512, bottleneck = 128, norm = false}: Options = {}
): Encoder<DinoHeadParams, DinoHeadStats> {
  const fc1 = linear(features, hidden, {bias: !norm});
  const fc2 = linear(hidden, hidden, {bias: !norm});
  const fc3 = linear(hidden, bottleneck, {weight: even});
  const bn = batchNorm(hidden);
  return {
    features: outputs,
    init(rng) {
      const [bn1, bn2] = [bn.init(), bn.init()];
      const layers = {
        fc1: fc1.init(rng.fork("fc1")),
        fc2: fc2.init(rng.fork("fc2")),
        fc3: fc3.init(rng.fork("fc3")),
        last: {weight: even(rng.fork("last"), [bottleneck, outputs])}
      };
      const norms = {params: {bn1: bn1.params, bn2: bn2.params}, stats: {bn1: bn1.stats, bn2: bn2.stats}};
      return {params: norm ? {...layers, ...norms.params} : layers, stats: norm ? norms.stats : ({} as DinoHeadStats)};
    },
    apply(params, stats, h, {training = false} = {}) {
      const moved: DinoHeadStats = {};
      const normalised = (name: "bn1" | "bn2", x: tf.Tensor): tf.Tensor => {
        if (!(name in params)) return x;
        const [y, after] = bn.apply((params as Record<typeof name, NormParams>)[name], stats[name], x, {training});
        moved[name] = after;
        return y;
      };
      const first = gelu(normalised("bn1", fc1.apply(params.fc1, h)));
      const second = gelu(normalised("bn2", fc2.apply(params.fc2, first)));
      const unit = l2Normalise(fc3.apply(params.fc3, second)); // (B, bottleneck)
      const prototypes = l2Normalise(tf.transpose(params.last.weight)); // (K, bottleneck)
      return [matMul(unit, prototypes, {transposeB: true}), moved, {}];
    }
  };
}
