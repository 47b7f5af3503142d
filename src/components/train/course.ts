import type {RunSpec} from "./protocol.js";

/** A run's size in steps. */
export interface Course {
  steps: number;
  perEpoch: number;
  batch: number;
  /** Steps that were done before this start or resume. */
  from: number;
}

/**
 * The length of a run over `count` records. A fraction of an epoch is rounded to whole steps, at least one.
 *
 * @throws RangeError if there is no such run, or none that goes on from that step.
 */
export function courseOf({epochs, batch}: Pick<RunSpec, "epochs" | "batch">, count: number, from: number): Course {
  if (!(Number.isInteger(batch) && batch >= 1 && batch <= count))
    throw new RangeError(`fit: expected a batch of 1 to ${count} records, got ${batch}`);
  if (!(epochs > 0 && epochs < Infinity)) throw new RangeError(`fit: expected epochs > 0, got ${epochs}`);
  const perEpoch = Math.floor(count / batch);
  const steps = Math.max(1, Math.round(epochs * perEpoch));
  if (!(Number.isInteger(from) && from >= 0 && from <= steps))
    throw new RangeError(`fit: expected to go on from a step of 0 to ${steps}, got ${from}`);
  return {steps, perEpoch, batch, from};
}
