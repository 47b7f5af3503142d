import * as tf from "@tensorflow/tfjs";
import type {DataSet} from "../data/records.js";
import {forgetShortage, shortOfMemory} from "../ops/webgpu/health.js";
import {rateAt} from "../optimizers/schedule.js";
import type {Tree} from "../tensor/tree.js";
import {begin} from "./begin.js";
import {control as newControl, type Control} from "./control.js";
import {courseOf} from "./course.js";
import {draw} from "./draw.js";
import {rowsFrom} from "./measure.js";
import {prepare} from "./prepare.js";
import type {RunEnd, RunEvent, RunSpec} from "./protocol.js";
import {reporter} from "./reporter.js";
import {closeEpoch, keep, land, proceed, type Run, type Save, type Snapshot} from "./run.js";
import {failureSentence} from "./shortage.js";
import type {Batch, Task} from "./task.js";
import {noTotals} from "./totals.js";
import {walk, type Position} from "./walk.js";

/** How long, in what order of the records, and how fast to train. */
export type Plan = Pick<RunSpec, "seed" | "epochs" | "batch" | "schedule">;

export interface Hooks {
  on?: (event: RunEvent) => void;
  control?: Control;
  save?: Save;
  /** Where to go on from. */
  from?: Snapshot;
}

/**
 * Trains a task on a data set. Owns every tensor of the run and leaves none behind, however it ends.
 *
 * The state begins with draws from the stream (seed, "init"); batch k is `draw`'s; step k, counted from 0, updates at
 * rate η(k). So a resumed run repeats, bit for bit, what one that never stopped would have done.
 * At most two steps are in flight. Every loss is read, two steps late or, of short steps, in groups of at most 16; a NaN or an infinity ends the run at the last state whose loss was finite.
 * On WebGPU kernels are chosen for the GPU and all shaders are compiled before the first step. An evaluation and a checkpoint close every epoch, and the run where it ends inside one.
 *
 * @returns how the run ended, which is also its last event. Whatever throws ends it as `failed`, in one sentence.
 */
export async function fit<S extends Tree, B extends Batch>(
  task: Task<S, B>,
  data: DataSet,
  plan: Plan,
  {on = () => {}, control = newControl(), save, from}: Hooks = {}
): Promise<RunEnd> {
  let end: RunEnd;
  forgetShortage();
  try {
    const course = courseOf(plan, data.train.count, from?.step ?? 0);
    const rate = rateAt(plan.schedule, course.steps);
    const refused = (reason: string) =>
      on({type: "notice", message: `The GPU is sent each step anew, because the step cannot be recorded: ${reason}.`});
    const path = walk(task, startOf(task, plan, from), from !== undefined, refused);
    const kept = {key: null, step: from?.step ?? -1};
    end = await train({task, data, course, rate, path, report: reporter(on, course), on, control, save, kept}, plan);
  } catch (error) {
    end = {type: "failed", message: told(error, plan), key: null};
  }
  on(end);
  return end;
}

const loading = (on: (event: RunEvent) => void) => (fraction: number, what: string) =>
  on({type: "loading", fraction, what});

const told = (error: unknown, {batch}: Plan) => failureSentence(error, {batch, short: shortOfMemory()});

const startOf = <S extends Tree, B extends Batch>(task: Task<S, B>, {seed}: Plan, from?: Snapshot): Position<S> => ({
  state: begin(task, seed, from?.state),
  step: from?.step ?? 0,
  totals: from?.totals ?? noTotals
});

async function train<S extends Tree, B extends Batch>(run: Run<S, B>, plan: Plan): Promise<RunEnd> {
  const {task, data, course, path, on} = run;
  const {steps, perEpoch: stepsPerEpoch, from: fromStep} = course;
  try {
    const batchAt = draw(task, data.train, plan);
    const view = () => task.view(data.test, rowsFrom(0, Math.min(course.batch, data.test.count)), course.batch);
    await prepare(task, {state: path.here().state, batch: () => batchAt(fromStep), view}, loading(on));
    on({type: "started", steps, stepsPerEpoch, fromStep, backend: tf.getBackend(), note: data.train.note});
    const finished = await stepThrough(run, batchAt);
    const here = path.here();
    if (!finished && here.step > 0 && here.step !== run.kept.step) await keep(run, here, "stopped");
    return {type: finished ? "done" : "stopped", key: run.kept.key};
  } catch (error) {
    const message = told(error, plan);
    const good = await path.retreat();
    if (good && good.step > Math.max(0, run.kept.step)) await keep(run, good, "failed").catch(() => {});
    return {type: "failed", message, key: run.kept.key};
  } finally {
    await path.end();
  }
}

/** Steps and evaluations in turn, up to the end (true) or a stop (false). */
async function stepThrough<S extends Tree, B extends Batch>(
  run: Run<S, B>,
  batchAt: (step: number) => B
): Promise<boolean> {
  const {path, course, rate} = run;
  for (;;) {
    const {step} = path.here();
    const evaluationDue = path.open() && (step % course.perEpoch === 0 || step === course.steps);
    if (evaluationDue && !(await closeEpoch(run))) return false;
    if (step === course.steps) return true;
    if (!(await proceed(run))) break;
    await land(run, 1);
    path.take(batchAt(step), rate(step));
  }
  await land(run, 0);
  return false;
}
