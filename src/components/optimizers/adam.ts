import * as tf from "@tensorflow/tfjs";
import {adamUpdate} from "../ops/adamUpdate.js";
import {leaves, map, unflatten, type Tree} from "../tensor/tree.js";
import {amounts, type Decay} from "./decay.js";
import type {Optimizer} from "./optimizer.js";

/** m and v as in the paper; c₁ = 1 − β₁ᵗ and c₂ = 1 − β₂ᵗ, scalars. */
export type AdamState = {m: Tree; v: Tree; c1: tf.Tensor; c2: tf.Tensor};

export interface Betas {
  beta1?: number;
  beta2?: number;
  /** ε > 0, in the gradient's unit. */
  epsilon?: number;
  decay?: Decay;
}

/**
 * Adam, with coupled (L2) weight decay. Kingma & Ba 2015, algorithm 1.
 *
 *   g ← g + λ θ
 *   m ← β₁ m + (1 − β₁) g,       v ← β₂ v + (1 − β₂) g²
 *   m̂ = m / (1 − β₁ᵗ),           v̂ = v / (1 − β₂ᵗ)
 *   θ ← θ − η m̂ / (√v̂ + ε)
 *
 * The first step is η |g| / (|g| + ε) long in every coordinate.
 *
 * @throws RangeError if a beta is outside [0, 1) or epsilon ≤ 0.
 */
export function adam({beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, decay}: Betas = {}): Optimizer<AdamState> {
  return withMoments({beta1, beta2, epsilon, decoupled: false}, amounts(decay));
}

/** What Adam and AdamW share: the two moments, their correction, and the step along them. */
export function withMoments(
  numbers: {beta1: number; beta2: number; epsilon: number; decoupled: boolean},
  amountOf: (params: Tree) => number[]
): Optimizer<AdamState> {
  const {beta1, beta2, epsilon} = numbers;
  for (const [name, beta] of Object.entries({beta1, beta2}))
    if (!(beta >= 0 && beta < 1)) throw new RangeError(`adam: expected ${name} in [0, 1), got ${beta}`);
  if (!(epsilon > 0)) throw new RangeError(`adam: expected epsilon > 0, got ${epsilon}`);
  // 1 − βᵗ by its own recurrence, c ← β c + (1 − β): in float32, 1 − pow(β₂, t) keeps only four digits at t = 1.
  const grow = (c: tf.Tensor, beta: number) => tf.add(tf.mul(c, beta), 1 - beta);
  return {
    init(params) {
      const zeros = () => map((p) => tf.zerosLike(p), params);
      return {m: zeros(), v: zeros(), c1: tf.scalar(0), c2: tf.scalar(0)};
    },
    update(params, grads, state, rate) {
      const [c1, c2] = [grow(state.c1, beta1), grow(state.c2, beta2)];
      const listed = (tree: Tree) => leaves(map((_, leaf) => leaf, params, tree));
      const lists = {theta: leaves(params), g: listed(grads), m: listed(state.m), v: listed(state.v)};
      const {theta, m, v} = adamUpdate(lists, {rate, c1, c2}, numbers, amountOf(params));
      return [unflatten(params, theta), {m: unflatten(params, m), v: unflatten(params, v), c1, c2}];
    }
  };
}
