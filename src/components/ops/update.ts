import type * as tf from "@tensorflow/tfjs";
import {defineOp} from "./op.js";
import {updateFlat} from "./webgpu/flat.js";

type Numbers = Record<string, number | boolean>;
type Lists = Record<string, tf.Tensor[]>;

/** An update of parameters, number by number: the same for every leaf but for its weight decay. */
export interface LeafUpdate<N extends Numbers> {
  name: string;
  /** Names of what it reads of each leaf, of what it writes, and of one-number tensors. */
  reads: string[];
  writes: string[];
  scalars: string[];
  /** One leaf's update by its formula. `decay` is λ, 0 where it does not apply. */
  plain(leaf: Record<string, tf.Tensor>, numbers: N & {decay: number}): Record<string, tf.Tensor>;
  /** The same in WGSL: from vectors `reads`, `scalars` and `decay` to vectors `new_` + writes. */
  shader(numbers: N): string;
}

/**
 * Registers an update as an op on lists of leaves: leaf by leaf, or in one dispatch for all where there is a shader.
 * It has no gradient, for an update is no part of a loss.
 *
 * @returns a function of the leaves by the names in `reads`, lists of one length; of the scalars; of the update's numbers;
 *   and of λ for each leaf, which is one number wherever it is not 0. It gives the new leaves by the names in `writes`.
 */
export function defineUpdate<N extends Numbers>(update: LeafUpdate<N>) {
  const {name, reads, writes, scalars, plain, shader} = update;
  const op = defineOp({
    name,
    plain(
      inputs: Record<string, tf.Tensor>,
      {decay, ...numbers}: {decay: number[]} & Record<string, number | boolean | number[]>
    ) {
      const fixed = Object.fromEntries(scalars.map((scalar) => [scalar, inputs[scalar]]));
      const made = decay.map((amount, i) => {
        const leaf = Object.fromEntries(reads.map((list) => [list, inputs[`${list}${i}`]]));
        return plain({...leaf, ...fixed}, {...(numbers as unknown as N), decay: amount});
      });
      return writes.flatMap((list) => made.map((leaf) => leaf[list]));
    },
    variants: {
      webgpu(inputs, {decay, ...numbers}) {
        const lists = listsOf(inputs, reads, decay.length);
        const all = [...Object.values(lists).flat(), ...scalars.map((scalar) => inputs[scalar])];
        if (all.some((t) => t.dtype !== "float32" || t.size === 0)) return null;
        const code = {name, reads, writes, scalars, text: shader(numbers as unknown as N)};
        const made = updateFlat(code, lists, inputs, {amount: Math.max(...decay), applies: decay.map((d) => d > 0)});
        return writes.flatMap((list) => made[list]);
      }
    }
  });
  return (lists: Lists, given: Record<string, tf.Tensor>, numbers: N, decay: number[]): Lists => {
    if (decay.length === 0) return Object.fromEntries(writes.map((list) => [list, []]));
    const leaves = reads.flatMap((list) => lists[list].map((leaf, i) => [`${list}${i}`, leaf] as const));
    const results = op({...Object.fromEntries(leaves), ...given}, {...numbers, decay});
    return Object.fromEntries(writes.map((list, i) => [list, results.slice(i * decay.length, (i + 1) * decay.length)]));
  };
}

/** Lists of `count` leaves out of inputs that are named `p0`, `p1`, … */
const listsOf = (inputs: Record<string, tf.Tensor>, names: string[], count: number): Lists =>
  Object.fromEntries(names.map((name) => [name, Array.from({length: count}, (_, i) => inputs[`${name}${i}`])]));
