import type {DataSet} from "../../src/components/data/records.js";
import {rateAt} from "../../src/components/optimizers/schedule.js";
import type {Arrays} from "../../src/components/train/arrays.js";
import type {Control} from "../../src/components/train/control.js";
import {courseOf} from "../../src/components/train/course.js";
import {means} from "../../src/components/train/measure.js";
import type {EpochRecord, Numbers, RunSpec, Tag} from "../../src/components/train/protocol.js";
import type {Batch, Task} from "../../src/components/train/task.js";
import {add, meansOf, noTotals, type Totals} from "../../src/components/train/totals.js";
import {diverged} from "../../src/components/train/walk.js";
import type {Engine} from "../engine.js";

/** Seconds of work, in training steps with their batches and in all; operations of the steps. */
export interface Spent {
  training: number;
  all: number;
  flops: number;
}

/** A run between two steps, beside its state. */
export interface Moment {
  step: number;
  /** Of the open epoch. */
  totals: Totals;
  epochs: EpochRecord[];
  spent: Spent;
  /** What was spent before the open epoch. */
  before: Spent;
}

export const beginning: Moment = {
  step: 0,
  totals: noTotals,
  epochs: [],
  spent: {training: 0, all: 0, flops: 0},
  before: {training: 0, all: 0, flops: 0}
};

export interface RunOptions {
  plan: Pick<RunSpec, "epochs" | "batch" | "schedule"> & {evaluateEvery?: number};
  data: DataSet;
  view: Task["view"];
  engine: Engine;
  batchAt(step: number): Promise<Batch>;
  control: Control;
  /** Where to go on from. */
  from: Moment;
  /** Keeps the state: after every epoch, every `saveEvery` seconds, and when the run stops. */
  save(moment: Moment, state: Arrays, epoch: number, tag: Tag): Promise<void>;
  saveEvery: number;
  onStep(moment: Moment, metrics: Numbers, seconds: number): void;
  onEpoch(record: EpochRecord): void;
  /** What else stands beside the evaluation of an epoch; null when `proceed` said no. */
  alsoMeasure?(epoch: number, proceed: () => Promise<boolean>): Promise<Numbers | null>;
}

/**
 * Trains to the end of the plan or to a stop, one step after another, with the state in an engine's hands. Batches, rates
 * and evaluations are those of `fit`. A stop gives a running evaluation up; the next start begins with it.
 *
 * @returns the last moment, and whether it is the end.
 * @throws Error if a loss is not finite. The newest checkpoint is then an earlier one.
 */
export async function run(options: RunOptions): Promise<{finished: boolean; moment: Moment}> {
  const {plan, data, engine, control, save, onStep} = options;
  const {steps, perEpoch} = courseOf(plan, data.train.count, options.from.step);
  const rate = rateAt(plan.schedule, steps);
  let moment = options.from;
  let saved = {step: moment.step, at: performance.now()};
  const keep = async (tag: Tag) => {
    await save(moment, await engine.state(), moment.step / perEpoch, tag);
    saved = {step: moment.step, at: performance.now()};
  };
  for (;;) {
    const {step} = moment;
    if (moment.totals.steps > 0 && (step % perEpoch === 0 || step === steps)) {
      const closed = await closeEpoch(options, moment, step / perEpoch, step === steps);
      if (!closed) break;
      moment = closed;
      await keep(step === steps ? "done" : "epoch");
    }
    if (step === steps) return {finished: true, moment};
    if (control.asked === "stop") break;
    if (step > saved.step && performance.now() - saved.at > 1000 * options.saveEvery) await keep("stopped");
    const began = performance.now();
    const metrics = await engine.step(await options.batchAt(step), rate(step));
    const seconds = (performance.now() - began) / 1000;
    if (!Number.isFinite(metrics.loss))
      throw diverged(`The loss became ${metrics.loss} at step ${step + 1}`, rate(step));
    const {training, all, flops} = moment.spent;
    const spent = {training: training + seconds, all: all + seconds, flops: flops + engine.flops.step};
    moment = {...moment, step: step + 1, totals: add(moment.totals, metrics), spent};
    onStep(moment, metrics, seconds);
  }
  if (moment.step > saved.step) await keep("stopped");
  return {finished: false, moment};
}

/** Measures if it is time to, and begins the next epoch; null if a stop came in between. */
async function closeEpoch(
  {plan, data, view, engine, control, onEpoch, alsoMeasure}: RunOptions,
  {step, totals, epochs, spent, before}: Moment,
  epoch: number,
  last: boolean
): Promise<Moment | null> {
  const began = performance.now();
  const due = last || epoch % (plan.evaluateEvery ?? 1) === 0;
  const proceed = async () => control.asked !== "stop";
  const evaluate = (batch: Batch) => engine.evaluate(batch);
  const measured = due ? await means(evaluate, view, data.test, {batch: plan.batch, proceed}) : {};
  const more = due && measured ? await alsoMeasure?.(epoch, proceed) : {};
  if (!measured || more === null) return null;
  const test = {...measured, ...more};
  const now = {...spent, all: spent.all + (performance.now() - began) / 1000};
  const imagesPerSecond = (totals.steps * plan.batch) / (now.training - before.training);
  const record = {epoch, train: meansOf(totals), test, imagesPerSecond, seconds: now.all - before.all};
  onEpoch(record);
  return {step, totals: noTotals, epochs: [...epochs, record], spent: now, before: now};
}
