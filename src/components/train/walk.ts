import {records} from "../ops/webgpu/capture.js";
import {leaves, type Tree} from "../tensor/tree.js";
import type {Numbers} from "./protocol.js";
import {copyOf, recordStep, stepOf, type Recorded, type Taken} from "./recorded.js";
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
  /** A copy of that state, where a recorded step overwrites it. */
  saved: S | null;
  step: number;
  rate: number;
  taken: Taken<S>;
  finished: boolean;
  landed: boolean;
}

const savedEvery = 100; // steps of a recording between copies of the state: what a diverged run goes back to

/**
 * The states of a run, one step after another; it owns every tensor of theirs.
 *
 * Alive are the newest state, those that steps in flight began with, and `good`: the last one whose loss was finite.
 *
 * Where the backend can, the second step is recorded and repeated from then on, back and forth between two states. Then
 * `good` is the last copy whose loss was finite, at most 100 steps old or as old as the last evaluation.
 *
 * @param refused told why, in a clause, where a step could not be recorded.
 */
export function walk<S extends Tree, B extends Batch>(
  task: Task<S, B>,
  start: Position<S>,
  sound: boolean,
  refused: (reason: string) => void = () => {}
) {
  let here = {state: start.state, step: start.step};
  let totals = start.totals;
  let good: Position<S> | null = sound ? start : null;
  let flights: Flight<S>[] = [];
  let recorded: Recorded<S, B> | null = null;
  let steps = 0;
  const alive = () => [
    here.state,
    ...flights.flatMap(({before, saved}) => (saved ? [before, saved] : [before])),
    ...(recorded?.states ?? []),
    ...(good ? [good.state] : [])
  ];
  /** The second step: the first has compiled its shaders. */
  const record = (batch: B, rate: number): {taken: Taken<S>; saved: S | null} => {
    const saved = copyOf(here.state);
    if (good?.state === here.state) good = {...good, state: copyOf(here.state)}; // the recording will write over it
    const result = recordStep(task, here.state, batch, rate);
    recorded = result.recorded;
    if (recorded) return {taken: result.taken, saved};
    refused(result.reason);
    free([saved], []);
    return {taken: result.taken, saved: null};
  };
  const advance = (batch: B, rate: number): {taken: Taken<S>; saved: S | null} => {
    if (recorded) {
      const saved = steps % savedEvery === 0 ? copyOf(here.state) : null;
      return {taken: recorded.take(batch, rate), saved};
    }
    if (steps === 1 && records()) return record(batch, rate);
    return {taken: stepOf(task, here.state, batch, rate), saved: null};
  };
  const becomeGood = (position: Position<S>) => {
    const old = good;
    good = position;
    if (old) free([old.state], alive());
  };
  return {
    here: () => ({...here, totals}),
    flying: () => flights.length,
    /** So many steps may be unread when another is taken: one, or short of two groups that are read together. */
    most: () => (recorded ? 2 * recorded.every() - 1 : 1),
    /** Waits until all but so many steps, the newest, have been computed. */
    async finished(but: number): Promise<void> {
      const open = flights.filter(({finished}) => !finished);
      if (open.length > but) await Promise.allSettled([open[open.length - but - 1].taken.done]);
    },
    /** Whether the metrics of the oldest step in flight have arrived. */
    landed: () => flights.length > 0 && flights[0].landed,
    /** Whether there are steps that no evaluation has closed yet. */
    open: () => totals.steps + flights.length > 0,
    /** One step; its metrics arrive with a later `land`. */
    take(batch: B, rate: number): void {
      const {taken: step, saved} = advance(batch, rate);
      ++steps;
      const flight = {
        before: here.state,
        saved,
        step: here.step + 1,
        rate,
        taken: step,
        finished: false,
        landed: false
      };
      const finish = () => (flight.finished = true);
      step.done.then(finish, finish);
      const land = () => (flight.landed = true); // what went wrong is reported by the `land` that waits for it
      step.read.then(land, land);
      flights.push(flight);
      here = {state: step.state, step: here.step + 1};
    },
    /**
     * The metrics of the oldest step in flight.
     *
     * @throws Error if its loss is NaN or infinite.
     */
    async land(): Promise<{step: number; metrics: Numbers}> {
      const {before, saved, step, rate, taken} = flights[0];
      const {names, values} = taken;
      if (recorded && flights.length <= recorded.unread()) recorded.ask();
      const numbers = await taken.read;
      const metrics = Object.fromEntries(names.map((name, i) => [name, numbers[i]]));
      if (!Number.isFinite(metrics.loss)) throw diverged(`The loss became ${metrics.loss} at step ${step}`, rate);
      flights = flights.slice(1);
      values?.dispose();
      if (saved) becomeGood({state: saved, step: step - 1, totals});
      else if (!recorded?.states.includes(before)) becomeGood({state: before, step: step - 1, totals});
      totals = add(totals, metrics);
      return {step, metrics};
    },
    /** The newest state is sound, and an evaluation has closed the steps up to it if `totals` are none. */
    settle(closed: Totals): void {
      totals = closed;
      becomeGood({...here, state: recorded ? copyOf(here.state) : here.state, totals});
    },
    /** Back to the last good state; null if there is none. What came after it is freed. */
    async retreat(): Promise<Position<S> | null> {
      const dropped = alive();
      recorded?.ask();
      await abandon(flights);
      flights = [];
      recorded?.release();
      recorded = null;
      if (good) [here, totals] = [{state: good.state, step: good.step}, good.totals];
      free(dropped, [here.state]);
      return good;
    },
    /** Frees every tensor of the run. */
    async end(): Promise<void> {
      recorded?.ask();
      await abandon(flights);
      recorded?.release();
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

async function abandon<S extends Tree>(flights: Flight<S>[]): Promise<void> {
  await Promise.allSettled(flights.map(({taken}) => taken.read));
  for (const {taken} of flights) taken.values?.dispose();
}
