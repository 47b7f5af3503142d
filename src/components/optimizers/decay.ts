import * as tf from "@tensorflow/tfjs";
import {entries, mapAt, type Tree} from "../tensor/tree.js";

/** Weight decay λ of some leaves; unless told, of all with two axes or more: matrices and filters, no bias and no norm. */
export interface Decay {
  amount: number;
  applies?: (path: string, leaf: tf.Tensor) => boolean;
}

/**
 * λ by leaf: 0 where decay does not apply.
 *
 * @throws RangeError if the amount is negative.
 */
export function decayOf({amount, applies = (_, leaf) => leaf.rank > 1}: Decay = {amount: 0}) {
  if (!(amount >= 0)) throw new RangeError(`decay: expected an amount ≥ 0, got ${amount}`);
  return (path: string, leaf: tf.Tensor): number => (amount > 0 && applies(path, leaf) ? amount : 0);
}

/** Coupled decay, the gradient of the loss with ½ λ ‖θ‖² added: (θ, g) ↦ g + λ θ. */
export function coupled(decay?: Decay) {
  const amount = decayOf(decay);
  return <T extends Tree>(params: Tree, grads: T): T =>
    mapAt((path, g, p) => (amount(path, p) ? tf.add(g, tf.mul(p, amount(path, p))) : g), grads, params);
}

/** λ of each leaf, in the order of `leaves`. */
export function amounts(decay?: Decay): (params: Tree) => number[] {
  const amount = decayOf(decay);
  return (params) => entries(params).map(([path, leaf]) => amount(path, leaf));
}
