import type {RunRecord} from "../../src/components/data/runRecord.js";
import type {DataSet} from "../../src/components/data/records.js";
import {rateAt} from "../../src/components/optimizers/schedule.js";
import {courseOf} from "../../src/components/train/course.js";
import {commit} from "./commit.js";
import type {Experiment} from "../run/experiment.js";
import {machine} from "./machine.js";
import type {Log} from "../run/resume.js";
import type {Moment} from "../run/run.js";

interface Facts {
  experiment: Experiment;
  data: DataSet;
  moment: Moment;
  log: Log;
  /** The engine's name. */
  engine: string;
  command: string;
  validate?: boolean;
}

/** What is to be recorded of a finished run, without its weights and logits. */
export function recordOf({experiment, data, moment, log, engine, command, validate = false}: Facts) {
  const {constants, recipe, name, seed} = experiment;
  const {path, config, epochs, batch, schedule, stages} = constants;
  const {steps, perEpoch} = courseOf(constants, data.train.count, 0);
  const rate = rateAt(schedule, steps);
  const last = moment.epochs.at(-1)!;
  const split = validate ? "validation" : "test";
  return {
    name,
    recipe: {name: recipe, module: path, config, epochs, batch, schedule, ...(stages && {stages})},
    seed,
    command,
    commit: commit(),
    commits: log.commits,
    data: {
      name: String(config.data),
      digest: data.train.digest,
      note: data.train.note,
      train: data.train.count,
      evaluated: {split, count: data.test.count}
    },
    machine: machine(engine),
    flops: moment.spent.flops,
    epochs: moment.epochs.map((record) => ({...record, rate: rate(Math.round(record.epoch * perEpoch) - 1)})),
    seconds: moment.spent.all,
    final: {
      ...named(split, last.test),
      ...named("train", last.train)
    }
  } satisfies Omit<RunRecord, "weights" | "logits">;
}

/** testAccuracy, testLoss, … */
const named = (split: string, numbers: Record<string, number>) =>
  Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [split + name[0].toUpperCase() + name.slice(1), value])
  );
