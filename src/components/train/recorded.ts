import * as tf from "@tensorflow/tfjs";
import {capture, duplicates, most, type Replay} from "../ops/webgpu/capture.js";
import {leaves, unflatten, type Tree} from "../tensor/tree.js";
import {abreast, upload} from "./arrays.js";
import type {Batch, Task} from "./task.js";

/** What one step gives: the new state, its metrics' names, and their numbers, which are on their way. */
export interface Taken<S extends Tree> {
  state: S;
  names: string[];
  read: Promise<ArrayLike<number>>;
  /** Settles when the step has been computed, which may be before its numbers are asked for. */
  done: Promise<unknown>;
  /** Memory of the numbers, if they have some of their own. */
  values: tf.Tensor | null;
}

/** Steps that the GPU repeats from a recording. */
export interface Recorded<S extends Tree, B extends Batch> {
  /** The two states that it goes back and forth between. */
  states: [S, S];
  /** One step from the newest of them. Its numbers are asked for together with those of its neighbours. */
  take(batch: B, rate: number): Taken<S>;
  /** How many steps are read together: more, the shorter they are, so that a reading takes little of their time. */
  every(): number;
  /** Steps whose numbers have not been asked for yet. */
  unread(): number;
  /** Asks for them. */
  ask(): void;
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
  const read = values.data() as Promise<ArrayLike<number>>;
  return {state: next, names, values, read, done: read};
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
    const read = results.output.data() as Promise<Float32Array>;
    const taken: Taken<S> = {state: next, names, values: results.output, read, done: read};
    return {taken, recorded: replay && going(replay, [state, next], taken), reason};
  } finally {
    if (!kept) tf.dispose(inputs);
  }
}

const together = 20; // milliseconds of steps that are read at once

function going<S extends Tree, B extends Batch>(replay: Replay, states: [S, S], first: Taken<S>): Recorded<S, B> {
  let newest = 1;
  const output = first.values!;
  first.values = null; // every step writes it
  let waiting: {resolve(numbers: Float32Array): void; reject(error: unknown): void}[] = [];
  let every = 1;
  let lastRead = NaN;
  const pace = (steps: number) => {
    const now = performance.now();
    const step = (now - lastRead) / steps;
    lastRead = now;
    if (step >= 0) every = Math.max(1, Math.min(most, 2 * every, Math.floor(together / step)));
  };
  const ask = () => {
    const group = waiting;
    waiting = [];
    if (group.length === 0) return;
    replay.read().then(
      (numbers) => (pace(group.length), group.forEach(({resolve}, i) => resolve(numbers[i]))),
      (error) => group.forEach(({reject}) => reject(error))
    );
  };
  return {
    states,
    take(batch, rate) {
      const data = Object.entries(batch).map(([name, block]) => [name, block.data] as const);
      const done = replay.step({...Object.fromEntries(data), [rateName]: Float32Array.of(rate)});
      newest = 1 - newest;
      const read = new Promise<Float32Array>((resolve, reject) => waiting.push({resolve, reject}));
      if (waiting.length >= every) ask();
      return {state: states[newest], names: first.names, values: null, read, done};
    },
    every: () => every,
    unread: () => waiting.length,
    ask,
    release() {
      replay.release();
      output.dispose();
    }
  };
}

/** The same state in memory of its own. */
export const copyOf = <S extends Tree>(state: S): S => unflatten(state, duplicates(leaves(state)));
