import type {Schedule} from "../optimizers/schedule.js";

/** A training run as plain data: it crosses to the worker, stands in the URL and is kept with every checkpoint. */
export interface RunSpec {
  /** URL of a TaskModule. */
  module: string;
  /** What the module is called with. */
  config: Record<string, unknown>;
  seed: number;
  epochs: number;
  /** Records in a training batch; the last partial batch of an epoch is dropped. */
  batch: number;
  schedule: Schedule;
}

/** Means over what was seen, as plain numbers. */
export type Numbers = Record<string, number>;

/** One point of the training curve. */
export interface StepRecord {
  step: number;
  /** Epochs passed, a fraction. */
  epoch: number;
  metrics: Numbers;
}

export interface EpochRecord {
  epoch: number;
  train: Numbers;
  test: Numbers;
  /** Images of the training split a second, evaluation left out. */
  imagesPerSecond: number;
  seconds: number;
}

/** What a run says while it goes on. Every run ends with exactly one of `done`, `stopped`, `failed`. */
export type RunEvent =
  | {type: "loading"; fraction: number; what: string}
  | {type: "started"; steps: number; stepsPerEpoch: number; fromStep: number; backend: string; note: string}
  | {
      type: "progress";
      /** Every step since the last progress event. */
      points: StepRecord[];
      step: number;
      epoch: number;
      elapsed: number;
      remaining: number;
      imagesPerSecond: number;
      tensors: number;
      bytes: number;
    }
  | {type: "epoch"; record: EpochRecord}
  | {type: "checkpoint"; key: string; step: number; epoch: number}
  | {type: "paused"}
  | {type: "resumed"}
  | {type: "done"; key: string}
  | {type: "stopped"; key: string}
  | {type: "failed"; message: string; key: string | null};
