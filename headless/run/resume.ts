import {join} from "node:path";
import type {DataSet} from "../../src/components/data/records.js";
import {fallsAt, rateAt} from "../../src/components/optimizers/schedule.js";
import {courseOf} from "../../src/components/train/course.js";
import type {RunSpec} from "../../src/components/train/protocol.js";
import type {Arrays} from "../../src/components/train/arrays.js";
import {readNewest} from "./checkpoints.js";
import {specOf, type Experiment} from "./experiment.js";
import type {Moment} from "./run.js";

/** What a checkpoint of a native run remembers beside the state. */
export interface Log {
  moment: Moment;
  /** Every commit of the code that had a part in the run, oldest first. */
  commits: string[];
  /** What the run is of; another run does not go on from here. */
  of: Identity;
}

/** All that has to agree for one run to go on where another one stopped. */
export type Identity = RunSpec & {stages: unknown; data: string; records: number; evaluated: number};

export const identityOf = (experiment: Experiment, {train, test}: DataSet): Identity => ({
  ...specOf(experiment),
  stages: experiment.constants.stages ?? [],
  data: train.digest,
  records: train.count,
  evaluated: test.count
});

/** Where checkpoints of runs are kept, a folder each, outside the repository's history. */
export const runFolder = (name: string): string => join(process.env.RUNS_DIR ?? join(".cache", "runs"), name);

/**
 * Where a run's checkpoint of a step is kept: in its folder, and once a trapezoid's rate has begun to fall, in a folder of
 * that length below it. So the run can be made longer from where it was steady.
 */
export function checkpointFolder(
  name: string,
  {schedule}: Pick<RunSpec, "schedule">,
  at: {step: number; steps: number}
) {
  const falls = fallsAt(schedule, at.steps);
  return falls && at.step > falls ? join(runFolder(name), `falling-to-${at.steps}`) : runFolder(name);
}

/** Where the experiment of that name stopped, or null if it has not begun. */
export async function past(
  name: string,
  identity: Identity,
  {resume, notice}: {resume: boolean; notice: (message: string) => void}
): Promise<{state: Arrays; log: Log} | null> {
  const {steps} = courseOf(identity, identity.records, 0);
  const folders = [...new Set([steps, 0].map((step) => checkpointFolder(name, identity, {step, steps})))];
  for (const folder of folders) {
    const found = await readNewest<Log>(folder, notice);
    if (!found) continue;
    const {checkpoint, log} = found;
    const begun = `a run of ${checkpoint.step} steps`;
    if (!resume)
      throw new Error(
        `train: expected no run in ${folder}, got ${begun}: --resume goes on with it, --name begins another.`
      );
    const same = sameRates(log.of, identity, checkpoint.step)
      ? {epochs: identity.epochs, schedule: identity.schedule}
      : {};
    for (const [field, value] of Object.entries(identity)) {
      const [asked, was] = [value, {...log.of, ...same}[field as keyof Identity]].map((each) => JSON.stringify(each));
      if (asked !== was) throw new Error(`train: expected to go on in ${folder} with ${field} ${was}, got ${asked}`);
    }
    return {state: checkpoint.state, log};
  }
  return null;
}

/** Whether two runs have had the same rates so far: then either can go on as the other. */
function sameRates(one: Identity, other: Identity, passed: number): boolean {
  const courses = [one, other].map((each) => ({...courseOf(each, each.records, 0), schedule: each.schedule}));
  if (courses.some(({steps}) => steps < passed)) return false;
  const [a, b] = courses.map(({schedule, steps}) => rateAt(schedule, steps));
  return Array.from({length: passed}, (_, step) => a(step) === b(step)).every(Boolean);
}
