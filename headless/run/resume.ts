import {join} from "node:path";
import type {DataSet} from "../../src/components/data/records.js";
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

/** Where the experiment of that name stopped, or null if it has not begun. */
export async function past(
  name: string,
  identity: Identity,
  {resume, notice}: {resume: boolean; notice: (message: string) => void}
): Promise<{state: Arrays; log: Log} | null> {
  const folder = runFolder(name);
  const found = await readNewest<Log>(folder, notice);
  if (!found) return null;
  const {checkpoint, log} = found;
  const begun = `a run of ${checkpoint.step} steps`;
  if (!resume)
    throw new Error(
      `train: expected no run in ${folder}, got ${begun}: --resume goes on with it, --name begins another.`
    );
  for (const [field, value] of Object.entries(identity)) {
    const [asked, was] = [value, log.of[field as keyof Identity]].map((each) => JSON.stringify(each));
    if (asked !== was) throw new Error(`train: expected to go on in ${folder} with ${field} ${was}, got ${asked}`);
  }
  return {state: checkpoint.state, log};
}
