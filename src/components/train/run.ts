import * as tf from "@tensorflow/tfjs";
import type {DataSet} from "../data/records.js";
import {shortOfMemory} from "../ops/webgpu/health.js";
import type {Tree} from "../tensor/tree.js";
import {toArrays, type Arrays} from "./arrays.js";
import type {Control} from "./control.js";
import {measure} from "./measure.js";
import type {Course} from "./course.js";
import type {RunEvent, Tag} from "./protocol.js";
import type {reporter} from "./reporter.js";
import {sentence} from "./sentence.js";
import type {Batch, Task} from "./task.js";
import {tick} from "./tick.js";
import {noTotals, type Totals} from "./totals.js";
import {diverged, type Position, type walk} from "./walk.js";

/** A run stopped in time, on the host: all that going on needs beside the task, the data and the plan. */
export interface Snapshot {
  step: number;
  /** Epochs passed, a fraction. */
  epoch: number;
  totals: Totals;
  state: Arrays;
}

/** Keeps a snapshot and names it. When it throws, the run says so in a notice and goes on. */
export type Save = (snapshot: Snapshot, tag: Tag) => Promise<string>;

/** What `fit` holds while it runs. */
export interface Run<S extends Tree, B extends Batch> {
  task: Task<S, B>;
  data: DataSet;
  course: Course;
  rate: (step: number) => number;
  path: ReturnType<typeof walk<S, B>>;
  report: ReturnType<typeof reporter>;
  on: (event: RunEvent) => void;
  control: Control;
  save?: Save;
  /** The newest checkpoint, and the step it holds. */
  kept: {key: string | null; step: number};
}

const exhausted = "the GPU is out of memory"; // and what it computes means nothing

/**
 * Waits until at most so many steps are in flight, which are those that the GPU computes, and reports what has landed: of
 * short steps losses are read in groups, a little later. With 0 all have.
 */
export async function land<S extends Tree, B extends Batch>({path, report}: Run<S, B>, most: number): Promise<void> {
  if (path.flying()) {
    await path.finished(most);
    const unread = most && path.most();
    while (path.flying() > unread || path.landed()) {
      const point = await path.land();
      if (shortOfMemory()) throw new Error(exhausted);
      report.point(point);
    }
    report.lap("train");
  }
  report.progress(tf.memory, most === 0);
}

/** Lets the event loop run, waits while the run is paused, and says whether to go on. */
export async function proceed<S extends Tree, B extends Batch>(run: Run<S, B>): Promise<boolean> {
  const {control, on, report} = run;
  await tick();
  if (control.asked === "pause") {
    await land(run, 0);
    report.lap("other");
    on({type: "paused"});
    const answer = await control.until("run", "stop");
    report.lap("pause");
    if (answer === "run") on({type: "resumed"});
  }
  return control.asked !== "stop";
}

/**
 * Evaluates the newest state on the test split, reports the epoch and keeps a checkpoint.
 *
 * @returns false if a stop gave the evaluation up: the checkpoint written then says that it is still to be done.
 */
export async function closeEpoch<S extends Tree, B extends Batch>(run: Run<S, B>): Promise<boolean> {
  const {task, data, course, path, report, rate} = run;
  await land(run, 0);
  const here = path.here();
  const test = await measure(task, here.state, data.test, {batch: course.batch, proceed: () => proceed(run)});
  report.lap("other");
  if (!test) return false;
  if ("loss" in test && !Number.isFinite(test.loss))
    throw diverged(`The test loss became ${test.loss} after step ${here.step}`, rate(here.step - 1));
  report.epoch(here.totals, test);
  await keep(run, {...here, totals: noTotals}, here.step === course.steps ? "done" : "epoch");
  return true;
}

/**
 * Writes a checkpoint, once it is known to hold finite numbers only.
 *
 * @throws Error if it does not.
 */
export async function keep<S extends Tree, B extends Batch>(
  run: Run<S, B>,
  {state, step, totals}: Position<S>,
  tag: Tag
): Promise<void> {
  const {course, path, report, rate, on, save} = run;
  if (shortOfMemory()) throw new Error(exhausted);
  const arrays = await toArrays(state);
  if (!finite(arrays)) throw diverged(`The state is not finite after step ${step}`, rate(Math.max(0, step - 1)));
  path.settle(totals);
  if (save) {
    const epoch = step / course.perEpoch;
    try {
      run.kept = {key: await save({step, epoch, totals, state: arrays}, tag), step};
      on({type: "checkpoint", key: run.kept.key!, step, epoch});
    } catch (error) {
      on({type: "notice", message: sentence(error)});
    }
  }
  report.lap("other");
}

const finite = (arrays: Arrays) =>
  [...arrays.values()].every(({data}) => !(data instanceof Float32Array) || data.every(Number.isFinite));
