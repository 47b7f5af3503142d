import {withMoments, type AdamState, type Betas} from "./adam.js";
import {amounts} from "./decay.js";
import type {Optimizer} from "./optimizer.js";

/**
 * Adam with decoupled weight decay. Loshchilov & Hutter 2019, algorithm 2.
 *
 *   m, v, m̂, v̂ of the gradient alone, as in Adam
 *   θ ← θ − η (m̂ / (√v̂ + ε) + λ θ)
 *
 * With zero gradient θ ← (1 − η λ) θ, where Adam with L2 would take a full step of about −η sign θ.
 *
 * @throws RangeError as `adam`.
 */
export function adamw({
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-8,
  decay = {amount: 0.01}
}: Betas = {}): Optimizer<AdamState> {
  return withMoments({beta1, beta2, epsilon, decoupled: true}, amounts(decay));
}
