import * as tf from "@tensorflow/tfjs";
import {mean, sum} from "./mean.js";
import {defineOp} from "./op.js";
import * as webgpu from "./webgpu/standardise.js";

/** x as (B, P, C) and the scale γ (C); where there is one, the shift β (C). */
export type Given = {x: tf.Tensor; weight: tf.Tensor; bias?: tf.Tensor};
/** What the gradient reads: dy and x, γ, and μ and 1 / √(σ² + ε) of each group, each (B, 1, G, 1). */
export type Known = Record<"dy" | "x" | "weight" | "mean" | "scale", tf.Tensor>;
/** Groups G of neighbouring channels, ε > 0, and whether μ is the mean or 0. */
export type Grouping = {groups: number; epsilon: number; centred: boolean};
type Named<T> = T & Record<string, tf.Tensor>;

const inGroups = (x: tf.Tensor, groups: number) => {
  const [batch, places, channels] = x.shape;
  return tf.reshape(x, [batch, places, groups, channels / groups]);
};
const group = [1, 3]; // the axes of one group

// x̂ = (x − μ) r with r = 1 / √(σ² + ε); dx = r (g − mean(g) − x̂ mean(g x̂)) with g = γ dy, without mean(g) where μ = 0
const backward = defineOp({
  name: "StandardiseGradient",
  plain({dy, x, weight, mean: centre, scale}: Known, {groups, centred}: Grouping): tf.Tensor[] {
    const unit = tf.mul(tf.sub(inGroups(x, groups), centre), scale); // (B, P, G, C/G)
    const up = inGroups(tf.mul(dy, weight), groups);
    const along = tf.mul(unit, mean(tf.mul(up, unit), group, true));
    const rest = tf.sub(centred ? tf.sub(up, mean(up, group, true)) : up, along);
    const flat = tf.reshape(unit, x.shape);
    return [tf.reshape(tf.mul(rest, scale), x.shape), sum(tf.mul(dy, flat), [0, 1]), sum(dy, [0, 1])];
  },
  variants: {webgpu: webgpu.backward}
});

const forward = defineOp({
  name: "Standardise",
  plain({x, weight, bias}: Named<Given>, {groups, epsilon, centred}: Grouping): tf.Tensor[] {
    const images = inGroups(x, groups);
    const centre = centred ? mean(images, group, true) : tf.zeros([x.shape[0], 1, groups, 1]);
    const deviations = centred ? tf.sub(images, centre) : images;
    const scale = tf.rsqrt(tf.add(mean(tf.square(deviations), group, true), epsilon)); // (B, 1, G, 1)
    const y = tf.mul(tf.reshape(tf.mul(deviations, scale), x.shape), weight);
    return [bias ? tf.add(y, bias) : y, centre, scale];
  },
  variants: {webgpu: webgpu.forward},
  gradient: {
    inputs: ["x", "weight"],
    outputs: [false, true, true],
    rule([dy], {x, weight}, [mean, scale], grouping) {
      const [dx, dWeight, dBias] = backward({dy, x, weight, mean, scale}, grouping);
      return {x: () => dx, weight: () => dWeight, bias: () => dBias};
    }
  }
});

/**
 * Standardises groups of numbers, then scales and shifts channels: what layer, group and RMS normalisation have in common.
 *
 *   y = γ (x − μ) / √(σ² + ε) + β,   μ and σ² (biased) of one image's G-th part of the channels, over all its places
 *
 * With `centred` false, μ = 0 and σ² is the mean square.
 *
 * @param x (B, P, C): P places of each of B images.
 * @param weight (C) γ.
 * @param bias (C) β, or none.
 * @returns (B, P, C).
 */
export function standardise(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor | null, grouping: Grouping): tf.Tensor {
  return forward({x, weight, ...(bias && {bias})}, grouping)[0];
}
