import * as tf from "@tensorflow/tfjs";
import {kaimingNormal, normal, type Init} from "../../components/layers/init.js";
import {layerNorm} from "../../components/layers/layerNorm.js";
import {linear, type LinearParams} from "../../components/layers/linear.js";
import type {NormParams} from "../../components/layers/batchNorm.js";
import type {Model} from "../../components/models/model.js";
import type {Tree} from "../../components/tensor/tree.js";

export const norms = ["none", "layer"] as const;

/** What the stack is made of. */
export interface StackConfig {
  inputs: number;
  /** Hidden layers, and the units of each. */
  depth: number;
  width: number;
  norm: (typeof norms)[number];
  classes: number;
}

/** Of a unit; the head has `linear` alone. */
type Unit = {linear: LinearParams; norm?: NormParams};

const headWeight: Init = (rng, shape) => normal(rng, shape, 0.01);

/**
 * Fully connected layers, h ← relu(norm(W h + b)), and a head: (B, …) → logits (B, K). He-normal weights, so that the size of
 * the activations is kept at the start; the head's are small, so that the first loss is ln K.
 *
 * @param cast what storing a matrix, a product or a unit's output does to it; nothing unless told. Norms and the head's
 * output are left alone, as autocast leaves norms and losses.
 */
export function stack(
  {inputs, depth, width, norm, classes}: StackConfig,
  cast: (x: tf.Tensor) => tf.Tensor = (x) => x
): Model {
  const normalise = layerNorm(width);
  const layers = Array.from({length: depth}, (_, i) => ({
    name: `fc${i + 1}`,
    layer: linear(i ? width : inputs, width, {weight: kaimingNormal})
  }));
  const head = linear(width, classes, {weight: headWeight});
  const stored = (unit: LinearParams): LinearParams => ({...unit, weight: cast(unit.weight)});
  return {
    init(rng) {
      const unit = (layer: ReturnType<typeof linear>, name: string) => ({linear: layer.init(rng.fork(name))});
      const hidden = layers.map(({name, layer}) => [
        name,
        {...unit(layer, name), ...(norm === "layer" && {norm: normalise.init()})}
      ]);
      return {params: {...Object.fromEntries(hidden), fc: unit(head, "fc")} as Tree, stats: {}};
    },
    apply(params, stats, x) {
      const units = params as Record<string, Unit>;
      let h = cast(tf.reshape(x, [x.shape[0], inputs])); // (B, I)
      for (const {name, layer} of layers) {
        const {linear, norm} = units[name];
        const z = cast(layer.apply(stored(linear), h)); // (B, W)
        h = cast(tf.relu(norm ? normalise.apply(norm, z) : z));
      }
      return [head.apply(stored(units.fc.linear), h), stats, {}];
    }
  };
}
