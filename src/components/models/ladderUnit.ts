import * as tf from "@tensorflow/tfjs";
import {batchNorm, type BatchStats, type NormParams} from "../layers/batchNorm.js";
import {kaimingNormal} from "../layers/init.js";
import {layerNorm} from "../layers/layerNorm.js";
import type {Rng} from "../math/random.js";
import {conv2d} from "../ops/conv2d.js";
import {depthwiseConv2d} from "../ops/depthwiseConv2d.js";
import {gelu} from "../ops/gelu.js";
import {relu} from "../ops/relu.js";
import type {Unit} from "./ladderPlan.js";
import type {Mode} from "./model.js";

export type UnitParams = {weight: tf.Tensor} & ({norm: NormParams} | {bias: tf.Tensor});
/** Batch normalisation has statistics, layer normalisation and no normalisation have none. */
export type UnitStats = Record<string, never> | {norm: BatchStats};

const nonlinearities = {relu, gelu};

/** ReLU, GELU, or nothing. */
export const activate = (name: Unit["activation"], x: tf.Tensor): tf.Tensor => (name ? nonlinearities[name](x) : x);

/** Batch or layer normalisation, in one form: statistics go through. */
export function either(kind: "batch" | "layer", channels: number) {
  if (kind === "batch") return batchNorm(channels);
  const norm = layerNorm(channels, {epsilon: 1e-6});
  return {
    init: () => ({params: norm.init(), stats: {} as BatchStats}),
    apply: (params: NormParams, stats: BatchStats, x: tf.Tensor): [tf.Tensor, BatchStats] => [
      norm.apply(params, x),
      stats
    ]
  };
}

/** One unit of a plan: convolution, norm or bias, non-linearity. (B, H, W, I) → (B, H', W', O). */
export function ladderUnit({depthwise, kernel, stride, padding, inputs, outputs, norm: kind, activation}: Unit) {
  const norm = kind && either(kind, outputs);
  const gain = activation ? Math.SQRT2 : 1;
  return {
    /** Normal weights of variance gain² / fan in: 2 before a non-linearity, 1 before none. He et al. 2015, section 2.2. */
    init(rng: Rng): {params: UnitParams; stats: UnitStats} {
      const shape = [kernel, kernel, depthwise ? 1 : inputs, outputs];
      const weight = kaimingNormal(rng, shape, {gain}); // a depthwise filter's fan in is k² · 1
      if (!norm) return {params: {weight, bias: tf.zeros([outputs])}, stats: {}};
      const {params, stats} = norm.init();
      return {params: {weight, norm: params}, stats: kind === "batch" ? {norm: stats} : {}};
    },
    apply(params: UnitParams, stats: UnitStats, x: tf.Tensor, {training}: Mode = {}): [y: tf.Tensor, stats: UnitStats] {
      const y = (depthwise ? depthwiseConv2d : conv2d)(x, params.weight, {stride, padding});
      if ("bias" in params) return [activate(activation, tf.add(y, params.bias)), stats];
      const known = ("norm" in stats ? stats.norm : {}) as BatchStats;
      const [normed, moved] = norm!.apply(params.norm, known, y, {training});
      return [activate(activation, normed), kind === "batch" ? {norm: moved} : {}];
    }
  };
}
