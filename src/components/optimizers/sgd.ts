import * as tf from "@tensorflow/tfjs";
import {map, type Tree} from "../tensor/tree.js";
import {coupled, type Decay} from "./decay.js";
import type {Optimizer} from "./optimizer.js";

interface Options {
  /** μ, 0 ≤ μ < 1. */
  momentum?: number;
  nesterov?: boolean;
  /** λ, coupled: it enters the gradient. */
  decay?: Decay;
}

/**
 * Stochastic gradient descent with momentum, in torch's form. Sutskever et al. 2013, section 2.
 *
 *   g ← g + λ θ
 *   v ← μ v + g
 *   θ ← θ − η v,   or θ ← θ − η (g + μ v) with Nesterov's look-ahead
 *
 * The rate multiplies v where it is used, so that a schedule acts at once and not through the velocity's memory.
 *
 * @throws RangeError if momentum is outside [0, 1), or Nesterov's form is asked for without momentum.
 */
export function sgd({momentum = 0, nesterov = false, decay}: Options = {}): Optimizer<{velocity: Tree}> {
  if (!(momentum >= 0 && momentum < 1)) throw new RangeError(`sgd: expected momentum in [0, 1), got ${momentum}`);
  if (nesterov && momentum === 0) throw new RangeError("sgd: expected momentum > 0 with nesterov, got 0");
  const gradient = coupled(decay);
  return {
    init: (params) => ({velocity: momentum ? map((p) => tf.zerosLike(p), params) : {}}),
    update(params, grads, {velocity}, rate) {
      const g = gradient(params, grads);
      const v = momentum ? map((g, v) => tf.add(tf.mul(v, momentum), g), g, velocity) : g;
      const direction = nesterov ? map((g, v) => tf.add(g, tf.mul(v, momentum)), g, v) : v;
      const moved = map((p, d) => tf.sub(p, tf.mul(d, rate)), params, direction);
      return [moved, {velocity: momentum ? v : {}}];
    }
  };
}
