import * as tf from "@tensorflow/tfjs";
import {leaves, type Tree} from "../tensor/tree.js";
import {abreast, upload} from "./arrays.js";
import type {Numbers} from "./protocol.js";
import type {Batch, Task} from "./task.js";
import {add, type Totals} from "./totals.js";

/** A state, the steps that led to it, and the metrics of those that no evaluation has closed yet. */
export interface Position<S extends Tree> {
  state: S;
  step: number;
  totals: Totals;
}

/** A step whose metrics are still being read. Its loss says whether the state it began with was sound. */
interface Flight<S extends Tree> {
  before: S;
  step: number;
  rate: number;
  names: string[];
  values: tf.Tensor;
  read: Promise<ArrayLike<number>>;
  landed: boolean;
}

/**
 * The states of a run, one step after another; it owns every tensor of theirs.
 *
 * Alive are the newest state, those that steps in flight began with, and `good`: the last one whose loss was finite.
 */
export function walk<S extends Tree, B extends Batch>(task: Task<S, B>, start: Position<S>, sound: boolean) {
  let here = {state: start.state, step: start.step};
  let totals = start.totals;
  let good: Position<S> | null = sound ? start : null;
  let flights: Flight<S>[] = [];
  const alive = () => [here.state, ...flights.map(({before}) => before), ...(good ? [good.state] : [])];
  const becomeGood = (position: Position<S>) => {
    const old = good;
    good = position;
    if (old) free([old.state], alive());
  };
  return {
    here: () => ({...here, totals}),
    flying: () => flights.length,
    /** Whether the metrics of the oldest step in flight have arrived. */
    landed: () => flights.length > 0 && flights[0].landed,
    /** Whether there are steps that no evaluation has closed yet. */
    open: () => totals.steps + flights.length > 0,
    /** One step; its metrics arrive with a later `land`. */
    take(batch: B, rate: number): void {
      let names: string[] = [];
      const [state, values] = tf.tidy(() => {
        const [next, metrics] = task.step(here.state, upload(batch), tf.scalar(rate));
        names = Object.keys(metrics);
        return [next, abreast(metrics)] as [S, tf.Tensor];
      });
      const read = values.data() as Promise<ArrayLike<number>>;
      const flight = {before: here.state, step: here.step + 1, rate, names, values, read, landed: false};
      const land = () => (flight.landed = true); // what went wrong is reported by the `land` that waits for it
      read.then(land, land);
      flights.push(flight);
      here = {state, step: here.step + 1};
    },
    /**
     * The metrics of the oldest step in flight.
     *
     * @throws Error if its loss is NaN or infinite.
     */
    async land(): Promise<{step: number; metrics: Numbers}> {
      const {before, step, rate, names, values, read} = flights[0];
      const numbers = await read;
      const metrics = Object.fromEntries(names.map((name, i) => [name, numbers[i]]));
      if (!Number.isFinite(metrics.loss)) throw diverged(`The loss became ${metrics.loss} at step ${step}`, rate);
      flights = flights.slice(1);
      values.dispose();
      becomeGood({state: before, step: step - 1, totals});
      totals = add(totals, metrics);
      return {step, metrics};
    },
    /** The newest state is sound, and an evaluation has closed the steps up to it if `totals` are none. */
    settle(closed: Totals): void {
      totals = closed;
      becomeGood({...here, totals});
    },
    /** Back to the last good state; null if there is none. What came after it is freed. */
    async retreat(): Promise<Position<S> | null> {
      const dropped = alive();
      await abandon(flights);
      flights = [];
      if (good) [here, totals] = [{state: good.state, step: good.step}, good.totals];
      free(dropped, [here.state]);
      return good;
    },
    /** Frees every tensor of the run. */
    async end(): Promise<void> {
      await abandon(flights);
      free(alive(), []);
    }
  };
}

/** What to say, and what to try, when numbers are no longer finite. */
export const diverged = (what: string, rate: number): Error =>
  new Error(`${what}, at learning rate ${+rate.toPrecision(3)}: try a lower rate or a longer warm-up.`);

/** Frees the leaves of `dropped` that no tree of `kept` holds: an old state and a new one may share leaves. */
function free(dropped: Tree[], kept: Tree[]): void {
  const held = new Set(kept.flatMap(leaves));
  for (const leaf of dropped.flatMap(leaves)) if (!held.has(leaf)) leaf.dispose();
}

async function abandon(flights: {read: Promise<unknown>; values: tf.Tensor}[]): Promise<void> {
  await Promise.allSettled(flights.map(({read}) => read));
  for (const {values} of flights) values.dispose();
}
