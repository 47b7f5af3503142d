import * as tf from "@tensorflow/tfjs";
import {dropout} from "../layers/dropout.js";
import {kaimingNormal, type Init} from "../layers/init.js";
import {linear, type LinearParams} from "../layers/linear.js";
import type {Encoder, Noise} from "./model.js";

const outputWeight: Init = (rng, shape) => kaimingNormal(rng, shape, {gain: 1}); // no ReLU follows the last layer

/**
 * A multi-layer perceptron: x (B, …) of sizes[0] numbers each → (B, last size), ReLU between the layers.
 *
 *   hᵢ = relu(Wᵢ hᵢ₋₁ + bᵢ),   y = W h + b
 *
 * Layers are named fc1, fc2, …; `aux` holds each hidden hᵢ under its layer's name.
 *
 * @param sizes inputs, hidden sizes …, outputs.
 * @param rate the dropout of every hidden hᵢ in training; masks come from `noise`.
 * @throws RangeError for fewer than two sizes.
 */
export function mlp(sizes: number[], {rate = 0} = {}): Encoder<Record<string, LinearParams>> {
  if (sizes.length < 2) throw new RangeError(`mlp: expected at least two sizes, got [${sizes.join(", ")}]`);
  const outputs = sizes[sizes.length - 1];
  const drop = dropout(rate);
  const layers = sizes.slice(1).map((size, i) => {
    const weight = i === sizes.length - 2 ? outputWeight : kaimingNormal;
    return {name: `fc${i + 1}`, size, layer: linear(sizes[i], size, {weight})};
  });
  const hidden = layers.slice(0, -1);
  const last = layers[layers.length - 1];
  return {
    features: outputs,
    init(rng) {
      return {
        params: Object.fromEntries(layers.map(({name, layer}) => [name, layer.init(rng.fork(name))])),
        stats: {}
      };
    },
    noise(rng, batch) {
      if (rate === 0) return {};
      return Object.fromEntries(hidden.map(({name, size}) => [name, drop.noise(rng.fork(name), [batch, size])]));
    },
    apply(params, stats, x, {noise = {}} = {}) {
      const aux: Noise = {};
      let h = tf.reshape(x, [-1, sizes[0]]); // (B, I)
      for (const {name, layer} of hidden) {
        aux[name] = tf.relu(layer.apply(params[name], h));
        h = drop.apply(aux[name], noise[name]);
      }
      return [last.layer.apply(params[last.name], h), stats, aux];
    }
  };
}
