import type {Point} from "../components/plots/series.js";
import type {Compute, Run} from "../components/train/client.js";
import type {EpochRecord, RunSpec} from "../components/train/protocol.js";
import type {Predicted} from "../components/train/protocol.js";

/** One of several runs that a page compares. */
export interface Compared {
  name: string;
  spec: Omit<RunSpec, "module">;
}

/** How far it has come; `predicted` says what the trained network makes of the test records, once it has ended. */
export interface Course extends Compared {
  losses: Point[];
  epochs: EpochRecord[];
  predicted: Predicted | null;
  message: string;
}

/**
 * Trains one run after another in the worker, and asks each for its outputs on the test split. Gives all that have begun,
 * after every epoch.
 *
 * @param left stops the run that goes on when it resolves: the cell has run again.
 */
export async function* trainedRuns(
  compute: Compute,
  module: string,
  runs: Compared[],
  left: Promise<unknown>
): AsyncGenerator<Course[]> {
  const courses: Course[] = [];
  let going: Run | null = null;
  let over = false;
  left.then(() => ((over = true), going?.stop()));
  yield [];
  for (const {name, spec} of runs) {
    if (over) return;
    const course: Course = {name, spec, losses: [], epochs: [], predicted: null, message: ""};
    courses.push(course);
    let changed = () => {};
    const run = (going = compute.train({...spec, module}, (event) => {
      if (event.type === "progress") course.losses.push(...event.points.map(({step, metrics}): Point => [step, metrics.loss])); // prettier-ignore
      if (event.type === "epoch") course.epochs.push(event.record);
      if (event.type === "epoch") changed();
    }));
    let end: Awaited<Run["finished"]> | null = null;
    const finished = run.finished.then((value) => (end = value));
    while (!end) {
      await Promise.race([finished, new Promise<void>((resolve) => (changed = resolve))]);
      yield [...courses];
    }
    const {type, key} = end as Awaited<Run["finished"]>;
    if (type === "failed") course.message = (end as {message: string}).message;
    if (type === "stopped") return;
    if (key && type === "done")
      course.predicted = await compute.predict({module, config: spec.config, split: "test", key});
    yield [...courses];
  }
}
