import * as tf from "@tensorflow/tfjs";
import {sum} from "../ops/mean.js";
import {leaves, map, type Tree} from "../tensor/tree.js";
import type {Optimizer} from "./optimizer.js";

/** ‖g‖ over all leaves and elements together, a scalar. */
export const globalNorm = (grads: Tree): tf.Scalar =>
  tf.sqrt(tf.addN(leaves(grads).map((g) => sum(tf.square(g))))) as tf.Scalar;

/**
 * Clips a gradient by its norm over all leaves together; the direction stays. Pascanu et al. 2013, algorithm 1.
 *
 *   g ← g · min(1, c / ‖g‖),   ‖g‖² = Σ over leaves and elements of g²
 *
 * @param limit c > 0, in the gradient's unit.
 * @returns the clipped tree and ‖g‖ before clipping, a scalar.
 * @throws RangeError if limit ≤ 0.
 */
export function clipByGlobalNorm<T extends Tree>(grads: T, limit: number): [grads: T, norm: tf.Scalar] {
  if (!(limit > 0)) throw new RangeError(`clipByGlobalNorm: expected limit > 0, got ${limit}`);
  const norm = globalNorm(grads);
  const factor = tf.div(limit, tf.maximum(norm, limit)); // finite at ‖g‖ = 0 too
  return [map((g) => tf.mul(g, factor), grads), norm];
}

/** An optimizer that is given the gradient clipped at `limit`. @throws RangeError as `clipByGlobalNorm`. */
export function clipped<O extends Tree>({init, update}: Optimizer<O>, limit: number): Optimizer<O> {
  if (!(limit > 0)) throw new RangeError(`clipped: expected limit > 0, got ${limit}`);
  return {
    init,
    update: (params, grads, state, rate) => update(params, clipByGlobalNorm(grads, limit)[0], state, rate)
  };
}
