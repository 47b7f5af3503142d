import * as tf from "@tensorflow/tfjs";
import {descend, descendWithMomentum} from "../ops/sgdUpdate.js";
import {leaves, map, unflatten, type Tree} from "../tensor/tree.js";
import {amounts, type Decay} from "./decay.js";
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
  const amountOf = amounts(decay);
  return {
    init: (params) => ({velocity: momentum ? map((p) => tf.zerosLike(p), params) : {}}),
    update(params, grads, {velocity}, rate) {
      const lists = {theta: leaves(params), g: leaves(map((_, g) => g, params, grads))};
      if (!momentum) return [unflatten(params, descend(lists, {rate}, {}, amountOf(params)).theta), {velocity: {}}];
      const [v, numbers] = [leaves(map((_, v) => v, params, velocity)), {momentum, nesterov}];
      const next = descendWithMomentum({...lists, v}, {rate}, numbers, amountOf(params));
      return [unflatten(params, next.theta), {velocity: unflatten(velocity, next.v)}];
    }
  };
}
