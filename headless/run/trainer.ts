import * as tf from "@tensorflow/tfjs";
import {part} from "../../src/components/data/part.js";
import type {DataSet} from "../../src/components/data/records.js";
import {begin} from "../../src/components/train/begin.js";
import {control as newControl, type Control} from "../../src/components/train/control.js";
import {courseOf} from "../../src/components/train/course.js";
import {means, rowsFrom} from "../../src/components/train/measure.js";
import {outputs} from "../../src/components/train/predict.js";
import type {Batch, Task} from "../../src/components/train/task.js";
import {writeCheckpoint} from "./checkpoints.js";
import {commit} from "../record/commit.js";
import {loadData, type DataOptions} from "./data.js";
import type {Engine} from "../engine.js";
import {openEngine, type Backend} from "../engines/open.js";
import {experiment as experimentOf, specOf, type Changes, type Experiment} from "./experiment.js";
import {loader} from "./loader.js";
import {monitor} from "./monitor.js";
import {progress as newProgress, type Progress} from "./progress.js";
import {recipes} from "../recipes/index.js";
import {recordOf} from "../record/recordOf.js";
import {writeRun} from "../record/record.js";
import {checkpointFolder, identityOf, past, runFolder, type Log} from "./resume.js";
import {beginning, run, type Moment} from "./run.js";
import {sharpnessAtEnd} from "../sharpness/atEnd.js";
import {heldOut, sharedImages} from "./shared.js";

export interface TrainOptions extends Changes, DataOptions {
  steps?: number;
  /** Evaluates on training images held out instead of the test images. */
  validate?: boolean;
  backend?: Backend;
  threads?: number;
  /** Where record and weights go. */
  out?: string;
  /** Whether weights and logits are kept beside the record. */
  weights: boolean;
  resume?: boolean;
  /** Minutes between two checkpoints inside an epoch. */
  saveEvery?: number;
  /** The command as it was typed, for the record. */
  command: string;
}

const validationImages = 5000;

/** Trains a recipe to its end, or to Ctrl-C, with checkpoints on the way and a record at the end. */
export async function train(recipe: string, options: TrainOptions): Promise<void> {
  if (!Object.hasOwn(recipes, recipe))
    throw new Error(`train: expected one of ${Object.keys(recipes).join(", ")}, got ${recipe}`);
  const progress = newProgress();
  const asked = experimentOf(recipe, recipes[recipe], options);
  const loaded = await loadData(asked, options);
  const data = sharedImages(options.validate ? heldOut(loaded, validationImages) : loaded);
  const experiment = options.steps === undefined ? asked : ofLength(asked, options.steps, data);
  const identity = identityOf(experiment, data);
  const before = await past(experiment.name, identity, {resume: options.resume ?? false, notice: progress.say});
  const task = experiment.constants.module.default(experiment.constants.config);
  tf.enableProdMode(); // no advice on other backends
  await tf.setBackend("cpu"); // where the first state is drawn
  const state = begin(task, experiment.seed, before?.state);
  const engine = await openEngine(task, state, {
    backend: options.backend,
    threads: options.threads,
    notice: progress.say
  });
  tf.dispose(state);
  const job: Job = {experiment, data, task, engine, progress, options, log: logOf(before?.log, identity)};
  try {
    const moment = await untilDone(job);
    if (moment) await record(job, moment);
    else process.exitCode = 130; // as a process that Ctrl-C has ended
  } finally {
    await engine.release();
  }
}

interface Job {
  experiment: Experiment;
  data: DataSet;
  task: Task;
  engine: Engine;
  progress: Progress;
  options: TrainOptions;
  log: Log;
}

/** A run of so many steps instead of the recipe's epochs. */
function ofLength(experiment: Experiment, steps: number, {train}: DataSet): Experiment {
  const {constants} = experiment;
  const {perEpoch} = courseOf(constants, train.count, 0);
  return {...experiment, constants: {...constants, epochs: steps / perEpoch}};
}

function logOf(before: Log | undefined, of: Log["of"]): Log {
  const now = commit();
  const commits = before?.commits ?? [];
  return {moment: before?.moment ?? beginning, commits: commits.at(-1) === now ? commits : [...commits, now], of};
}

/** Trains on; null if Ctrl-C came first. */
async function untilDone({experiment, data, task, engine, progress, options, log}: Job): Promise<Moment | null> {
  const {name, constants} = experiment;
  const {steps, perEpoch, batch} = courseOf(constants, data.train.count, log.moment.step);
  const control = newControl();
  const release = stopOnSignals(control, progress);
  const batches = loader(experiment, data.train, {from: log.moment.step, steps});
  progress.say(
    `${name}: ${steps} steps of ${batch} on ${engine.name}` +
      (log.moment.step ? `, on from step ${log.moment.step}` : "")
  );
  try {
    const {finished, moment} = await run({
      plan: constants,
      data,
      view: task.view,
      engine,
      batchAt: batches.batch,
      control,
      from: log.moment,
      saveEvery: 60 * (options.saveEvery ?? 10),
      save: (moment, state, epoch, tag) => {
        const {step, totals} = moment;
        const checkpoint = {spec: specOf(experiment), step, epoch, tag, totals, state};
        const folder = checkpointFolder(name, constants, {step, steps});
        return writeCheckpoint(folder, checkpoint, {...log, moment} satisfies Log);
      },
      onStep: ({step}, metrics, seconds) =>
        progress.step({
          ...{step, steps, metrics, batch, seconds, flops: engine.flops.step},
          ...{epoch: step / perEpoch, epochs: steps / perEpoch}
        }),
      onEpoch: progress.epoch,
      ...(constants.features && {
        alsoMeasure: monitor({...{engine, data, batch, view: task.view}, folder: runFolder(name)})
      })
    });
    if (finished) return moment;
    progress.end();
    progress.say(`Stopped after step ${moment.step} of ${steps}. The same command with --resume goes on.`);
    return null;
  } finally {
    progress.end();
    release();
    await batches.close();
  }
}

/** A first Ctrl-C finishes the step; one more, a second or later after it, ends the process. */
function stopOnSignals(control: Control, {say}: Progress): () => void {
  let first = 0;
  const stop = () => {
    if (first && performance.now() - first > 1000) process.exit(130); // npm and the terminal send the same one twice
    if (!first) say("Stopping after this step.");
    first ||= performance.now();
    control.stop();
  };
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.on(signal, stop);
  return () => signals.forEach((signal) => process.off(signal, stop));
}

async function record({experiment, data, task, engine, progress, options, log}: Job, moment: Moment): Promise<void> {
  const folder = options.out ?? runFolder(experiment.name);
  const {batch, features} = experiment.constants;
  const rows = rowsFrom(0, data.test.count);
  const predict = (each: Batch) => engine.predict(each);
  const logits = features || !options.weights ? null : await outputs(predict, task.view, data.test, {rows, batch});
  const {command, validate} = options;
  const about = recordOf({experiment, data, moment, log, engine: engine.name, command, validate});
  const trainUnaugmented = validate || features ? null : await asTheyAre({data, task, engine}, batch);
  const sharpness = validate ? null : await sharpnessAtEnd({experiment, data, task, engine}, options.threads);
  const final = {...about.final, ...(trainUnaugmented && {trainUnaugmented}), ...(sharpness && {sharpness})};
  const written = await writeRun(
    folder,
    {...about, final},
    {
      state: options.weights ? await engine.state() : null,
      logits: logits && {outputs: logits, labels: data.test.labels}
    }
  );
  progress.say(`Recorded in ${folder}/runs/${written.name}.json`);
}

/**
 * The means of `evaluate` over the first training images, as many as there are test images. What an epoch reports of
 * training is of augmented images and of weights on their way, so it does not compare with a test loss; this does.
 */
async function asTheyAre({data, task, engine}: Pick<Job, "data" | "task" | "engine">, batch: number) {
  const records = part(data.train, 0, Math.min(data.train.count, data.test.count));
  const found = await means((each: Batch) => engine.evaluate(each), task.view, records, {batch});
  return found && {...found, images: records.count};
}
