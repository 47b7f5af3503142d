import {recordedSteps} from "./recordedSteps.js";

/** Times of the training steps that pages compare, all measured in one run of the benchmark, in turns. */
export interface StepTimes {
  command: string;
  date: string;
  /** Processor, runtime and threads. */
  machine: string;
  /** Images in a step. */
  batch: number;
  steps: StepTime[];
}

/** A step of a recorded run's recipe. */
export interface StepTime {
  recipe: string;
  /** The constants that differ from the recipe's, as `--set` takes them. */
  set: string[];
  /** Pixels on a side of the images. */
  side: number;
  /** The median of the rounds. */
  milliseconds: number;
}

/**
 * Milliseconds of a training step with nothing else on the machine. Recorded runs shared their machines, and were not all
 * made on one: their own times compare nothing.
 *
 * @throws RangeError if the benchmark has not measured that step.
 */
export function stepTime(recipe: string, set: string[] = [], side = 32): number {
  const found = recordedSteps.steps.find(
    (step) => step.recipe === recipe && step.side === side && String(step.set) === String(set)
  );
  if (!found)
    throw new RangeError(`stepTime: expected a step that is measured, got ${recipe} ${set.join(" ")} ${side}`);
  return found.milliseconds;
}
