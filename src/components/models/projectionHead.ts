import * as tf from "@tensorflow/tfjs";
import {batchNorm, type BatchStats, type NormParams} from "../layers/batchNorm.js";
import {kaimingNormal} from "../layers/init.js";
import {linear, type LinearParams} from "../layers/linear.js";
import type {Encoder} from "./model.js";

export type ProjectionParams = {fc1: LinearParams; bn1: NormParams; fc2: LinearParams};
export type ProjectionStats = {bn1: BatchStats};

/**
 * The head of a contrastive method: features (B, F) → (B, D). SimCLR, Chen et al. 2020, section 4.2.
 *
 *   z = W₂ relu(BN(W₁ h)),   no bias: BN has one, and a shift common to all z carries nothing
 *
 * The loss sees z; h is what is used afterwards, for z has lost what the augmentations change.
 */
export function projectionHead(
  features: number,
  hidden: number,
  outputs: number
): Encoder<ProjectionParams, ProjectionStats> {
  const fc1 = linear(features, hidden, {bias: false});
  const norm = batchNorm(hidden);
  const weight = (rng: Parameters<typeof kaimingNormal>[0], shape: number[]) => kaimingNormal(rng, shape, {gain: 1});
  const fc2 = linear(hidden, outputs, {bias: false, weight});
  return {
    features: outputs,
    init(rng) {
      const {params: bn1, stats} = norm.init();
      return {params: {fc1: fc1.init(rng.fork("fc1")), bn1, fc2: fc2.init(rng.fork("fc2"))}, stats: {bn1: stats}};
    },
    apply(params, stats, h, {training = false} = {}) {
      const [hidden, bn1] = norm.apply(params.bn1, stats.bn1, fc1.apply(params.fc1, h), {training});
      return [fc2.apply(params.fc2, tf.relu(hidden)), {bn1}, {}];
    }
  };
}
