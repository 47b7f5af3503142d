import * as tf from "@tensorflow/tfjs";
import {entries, type Tree} from "../tensor/tree.js";

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

/** λ of each leaf, in the order of `leaves`. */
export function amounts(decay?: Decay): (params: Tree) => number[] {
  const amount = decayOf(decay);
  return (params) => entries(params).map(([path, leaf]) => amount(path, leaf));
}
