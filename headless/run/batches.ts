import {draw} from "../../src/components/train/draw.js";
import type {Batch, Task} from "../../src/components/train/task.js";
import type {Records} from "../../src/components/data/records.js";
import {courseOf} from "../../src/components/train/course.js";
import type {Experiment} from "./experiment.js";

/**
 * The training batches of an experiment: a function of the step, counted from 0. While a stage lasts, its configuration
 * draws them; the order of the records is that of the whole run.
 */
export function batchesOf({constants, seed}: Experiment, records: Records): (step: number) => Batch {
  const {module, config, stages = [], batch} = constants;
  const {perEpoch} = courseOf(constants, records.count, 0);
  const draws = new Map<number, (step: number) => Batch>();
  return (step) => {
    const at = stages.findIndex(({until}) => step < until * perEpoch);
    const drawn = draws.get(at) ?? draw(taskOf(at), records, {seed, batch});
    draws.set(at, drawn);
    return drawn(step);
  };

  function taskOf(at: number): Task {
    return module.default(at < 0 ? config : {...config, ...stages[at].config});
  }
}
