import * as tf from "@tensorflow/tfjs";
import {rmspropUpdate} from "../ops/rmspropUpdate.js";
import {leaves, map, unflatten, type Tree} from "../tensor/tree.js";
import {amounts, type Decay} from "./decay.js";
import type {Optimizer} from "./optimizer.js";

interface Options {
  /** ρ, 0 ≤ ρ < 1: how much of the running mean stays. */
  rho?: number;
  /** ε > 0, in the gradient's unit; outside the root, as torch has it. */
  epsilon?: number;
  /** λ, coupled: it enters the gradient. */
  decay?: Decay;
}

/**
 * RMSProp: the gradient over the root of its running mean square. Tieleman & Hinton 2012, lecture 6.5.
 *
 *   g ← g + λ θ
 *   s ← ρ s + (1 − ρ) g²
 *   θ ← θ − η g / (√s + ε)
 *
 * s starts at 0 and is not corrected for it: the first step is η / √(1 − ρ) long in every coordinate.
 *
 * @throws RangeError if rho is outside [0, 1) or epsilon ≤ 0.
 */
export function rmsprop({rho = 0.9, epsilon = 1e-8, decay}: Options = {}): Optimizer<{square: Tree}> {
  if (!(rho >= 0 && rho < 1)) throw new RangeError(`rmsprop: expected rho in [0, 1), got ${rho}`);
  if (!(epsilon > 0)) throw new RangeError(`rmsprop: expected epsilon > 0, got ${epsilon}`);
  const amountOf = amounts(decay);
  return {
    init: (params) => ({square: map((p) => tf.zerosLike(p), params)}),
    update(params, grads, state, rate) {
      const listed = (tree: Tree) => leaves(map((_, leaf) => leaf, params, tree));
      const lists = {theta: leaves(params), g: listed(grads), s: listed(state.square)};
      const {theta, s} = rmspropUpdate(lists, {rate}, {rho, epsilon}, amountOf(params));
      return [unflatten(params, theta), {square: unflatten(params, s)}];
    }
  };
}
