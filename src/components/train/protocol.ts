import type {Schedule} from "../optimizers/schedule.js";
import type {Block} from "./task.js";

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
  /** Counted from 1: the metrics are those of the batch that step saw, before its update. */
  step: number;
  /** Epochs passed, a fraction. */
  epoch: number;
  metrics: Numbers;
}

export interface EpochRecord {
  /** Counted from 1. */
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
      /** Steps done, and the epochs that makes, a fraction. */
      step: number;
      epoch: number;
      /** Seconds of work since the start or the resume, pauses left out, and the estimate of what is left. */
      elapsed: number;
      remaining: number;
      imagesPerSecond: number;
      tensors: number;
      bytes: number;
    }
  | {type: "epoch"; record: EpochRecord}
  | {type: "checkpoint"; key: string; step: number; epoch: number}
  /** The curve up to the checkpoint that a resumed run goes on from; comes right after `started`. */
  | {type: "history"; points: StepRecord[]; epochs: EpochRecord[]}
  /** Something the reader should know while the run goes on, in one sentence: storage is full, for example. */
  | {type: "notice"; message: string}
  | {type: "paused"}
  | {type: "resumed"}
  /** The key names the run's last checkpoint; null when none could be kept. */
  | {type: "done"; key: string | null}
  | {type: "stopped"; key: string | null}
  | {type: "failed"; message: string; key: string | null};

/** How a run ends. */
export type RunEnd = Extract<RunEvent, {type: "done" | "stopped" | "failed"}>;

/** Why a checkpoint was written: an epoch ended, the run did, or it came from a file. */
export type Tag = "epoch" | "done" | "stopped" | "failed" | "imported";

/** What is known of a kept checkpoint without reading its tensors. */
export interface CheckpointMeta {
  key: string;
  spec: RunSpec;
  step: number;
  /** Epochs passed, a fraction. */
  epoch: number;
  /** Milliseconds since 1970. */
  saved: number;
  tag: Tag;
}

/** Which records of which data set; all rows of the split unless some are named. */
export interface RecordsQuery {
  /** URL of a TaskModule. */
  module: string;
  config: Record<string, unknown>;
  split: "train" | "test";
  rows?: ArrayLike<number>;
}

/** What the state of a checkpoint says of records. */
export interface PredictQuery extends RecordsQuery {
  key: string;
}

/** The outputs (N, …), for example logits, and the classes (N) of the records. */
export interface Predicted {
  outputs: Block;
  labels: Uint8Array;
}

/** An imported checkpoint. Its spec names the module of the build that exported it: train with your own page's URL. */
export interface Imported {
  key: string;
  spec: RunSpec;
}
