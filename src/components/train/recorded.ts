import * as tf from "@tensorflow/tfjs";
import {capture, duplicates, type Replay} from "../ops/webgpu/capture.js";
import {leaves, unflatten, type Tree} from "../tensor/tree.js";
import {abreast, upload} from "./arrays.js";
import type {Batch, Task} from "./task.js";

/** What one step gives: the new state, its metrics' names, and their numbers, which are on their way. */
export interface Taken<S extends Tree> {
  state: S;
  names: string[];
  read: Promise<ArrayLike<number>>;
  /** Memory of the numbers, if they have some of their own. */
  values: tf.Tensor | null;
}

/** Steps that the GPU repeats from a recording. */
export interface Recorded<S extends Tree, B extends Batch> {
  /** The two states that it goes back and forth between. */
  states: [S, S];
  /** One step from the newest of them. */
  take(batch: B, rate: number): Taken<S>;
  release(): void;
}

/** One step, its commands sent to the backend one by one. */
export function stepOf<S extends Tree, B extends Batch>(task: Task<S, B>, state: S, batch: B, rate: number): Taken<S> {
  let names: string[] = [];
  const [next, values] = tf.tidy(() => {
    const [next, metrics] = task.step(state, upload(batch), tf.scalar(rate));
    names = Object.keys(metrics);
    return [next, abreast(metrics)] as [S, tf.Tensor];
  });
  return {state: next, names, values, read: values.data() as Promise<ArrayLike<number>>};
}

const rateName = " rate"; // no name of a batch begins with a space

/**
 * The same step, recorded while it runs: later ones need none of its JavaScript.
 *
 * @returns what the step gave, with the recording or, in a clause, why there is none.
 */
export function recordStep<S extends Tree, B extends Batch>(
  task: Task<S, B>,
  state: S,
  batch: B,
  rate: number
): {taken: Taken<S>; recorded: Recorded<S, B> | null; reason: string} {
  const inputs: Record<string, tf.Tensor> = {...upload(batch), [rateName]: tf.scalar(rate)};
  let names: string[] = [];
  let next!: S;
  const step = () => {
    const made = tf.tidy(() => {
      const {[rateName]: rate, ...tensors} = inputs;
      const [next, metrics] = task.step(state, tensors as never, rate as tf.Scalar);
      names = Object.keys(metrics);
      return [next, abreast(metrics)] as [S, tf.Tensor];
    });
    next = made[0];
    return {state: leaves(next), output: made[1]};
  };
  let kept = false;
  try {
    const {results, replay, reason} = capture({state: leaves(state), inputs}, step);
    kept = replay !== null;
    const taken: Taken<S> = {state: next, names, values: results.output, read: results.output.data() as never};
    return {taken, recorded: replay && going(replay, [state, next], taken), reason};
  } finally {
    if (!kept) tf.dispose(inputs);
  }
}

function going<S extends Tree, B extends Batch>(replay: Replay, states: [S, S], first: Taken<S>): Recorded<S, B> {
  let newest = 1;
  const output = first.values!;
  first.values = null; // every step writes it
  return {
    states,
    take(batch, rate) {
      const data = Object.entries(batch).map(([name, block]) => [name, block.data] as const);
      const read = replay.step({...Object.fromEntries(data), [rateName]: Float32Array.of(rate)});
      newest = 1 - newest;
      return {state: states[newest], names: first.names, values: null, read};
    },
    release() {
      replay.release();
      output.dispose();
    }
  };
}

/** The same state in memory of its own. */
export const copyOf = <S extends Tree>(state: S): S => unflatten(state, duplicates(leaves(state)));
