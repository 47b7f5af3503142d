import {count, digest, fields, form, list, nullable, number, object, optional, plain, text} from "./form.js";

/** Numbers by name: `loss` in nats, `accuracy` as a fraction. */
type Numbers = Record<string, number>;

/**
 * A training run as it was recorded, `src/data/runs/<name>.json`: what made it, on what, and what came out. All
 * accuracies are fractions, all durations seconds, all digests SHA-256 in hexadecimal.
 */
export interface RunRecord {
  /** The page's own name, then what tells its runs apart: `resnet-from-scratch-width-16-seed-1`. */
  name: string;
  recipe: RecordedRecipe;
  seed: number;
  /** The command that makes the run again. */
  command: string;
  /** The commit of the code at the end of the run; it ends in `+changes` when files differed from it. */
  commit: string;
  /** Every commit that took part, oldest first: more than one when the run was resumed under another. */
  commits: string[];
  data: RecordedData;
  machine: Machine;
  /** Floating-point operations of the whole training, nominal: six for each multiply-add of a forward pass. */
  flops: number;
  epochs: RecordedEpoch[];
  /** Wall time of the work; the time between a stop and its resume is left out. */
  seconds: number;
  /**
   * Results by the names all records share: testAccuracy, testLoss; trainUnaugmented: {accuracy, loss, images} of the last
   * weights on the first training images, as they are; and those of `npm run probe`: linearProbe, knn, knn10, kmeans:
   * {accuracy, nmi, ari, accuracyDeviation …} over seeds, and the same of rawPixels and randomNetwork; and of
   * `npm run sharpness`: sharpness: {eigenvalue, residual, iterations, images}.
   */
  final: Record<string, number | Numbers>;
  /** What has measured frozen features for `final`; absent where nothing has. */
  probe?: RecordedProbe;
  /** The weights in float16, and the outputs for every evaluated record; null where none were kept. */
  weights: RecordedFile | null;
  logits: RecordedFile | null;
}

/** A recipe's constants as they were. */
export interface RecordedRecipe {
  name: string;
  /** The module that makes the task, from `src/`: `week2/resnetTask`. */
  module: string;
  config: Record<string, unknown>;
  epochs: number;
  batch: number;
  schedule: {kind: string; rate: number; warmup?: number; decay?: number; final?: number};
  /** Until so many epochs have passed, batches are drawn with these changes to the configuration. */
  stages?: {until: number; config: Record<string, unknown>}[];
}

export interface RecordedData {
  name: string;
  digest: string;
  /** What a reader must know before comparing; empty when there is nothing. */
  note: string;
  /** Records trained on. */
  train: number;
  /** What `epochs[…].test` and `final` were measured on: the test split, or images held out of the training split. */
  evaluated: {split: "test" | "validation"; count: number};
}

export interface Machine {
  cpu: string;
  cores: number;
  /** Bytes. */
  memory?: number;
  node: string;
  /** What computed, with its version: `onnxruntime 1.30.0, 2 threads`. */
  backend: string;
  platform: string;
}

export interface RecordedEpoch {
  /** Epochs passed: 1, 2, …; the last one may be a fraction, where a run ends within an epoch. */
  epoch: number;
  train: Numbers;
  /** Empty where the epoch was not evaluated. */
  test: Numbers;
  /** The learning rate of the epoch's last step. */
  rate: number;
  /** Images of the training split a second, evaluation left out. */
  imagesPerSecond: number;
  seconds: number;
}

/** A probe of a run's weights. */
export interface RecordedProbe {
  /** The command that measures them again. */
  command: string;
  commit: string;
  /** Seeds of k-means that its means are over, and how often each begins anew. */
  clusterings: number;
  restarts: number;
}

/** A file beside the record, by its name in the catalogue: `weights/<name>.safetensors`. */
export interface RecordedFile {
  file: string;
  bytes: number;
  digest: string;
}

/**
 * Reads a record from parsed JSON.
 * @throws Error naming the first field that is missing, left over, or of the wrong form.
 */
export function parseRunRecord(value: unknown): RunRecord {
  try {
    record(value, "");
  } catch (error) {
    throw new Error(`parseRunRecord: ${(error as Error).message}`, {cause: error});
  }
  return value as RunRecord;
}

const numbers = fields(number);
const split = form("test or validation", (value) => value === "test" || value === "validation");
const result = form("a finite number or an object of such", (value) =>
  Object.values(typeof value === "object" && value ? value : {value}).every(Number.isFinite)
);
const atLeastOne = form("a list of at least one commit", (value) => Array.isArray(value) && value.length > 0);
const file = nullable(object({file: text, bytes: count, digest}));

const recipe = object({
  name: text,
  module: text,
  config: plain,
  epochs: number,
  batch: count,
  schedule: object({
    kind: text,
    rate: number,
    warmup: optional(number),
    decay: optional(number),
    final: optional(number)
  }),
  stages: optional(list(object({until: number, config: plain})))
});
const data = object({name: text, digest, note: text, train: count, evaluated: object({split, count})});
const machine = object({
  cpu: text,
  cores: count,
  memory: optional(count),
  node: text,
  backend: text,
  platform: text
});
const epoch = object({epoch: number, train: numbers, test: numbers, rate: number, imagesPerSecond: number, seconds: number}); // prettier-ignore

const record = object({
  name: form("of letters a … z, digits, . and -", (value) => /^[a-z0-9][a-z0-9.-]*$/.test(String(value))),
  recipe,
  seed: count,
  command: text,
  commit: text,
  commits: (value, name) => (atLeastOne(value, name), list(text)(value, name)),
  data,
  machine,
  flops: number,
  epochs: list(epoch),
  seconds: number,
  final: fields(result),
  probe: optional(object({command: text, commit: text, clusterings: count, restarts: count})),
  weights: file,
  logits: file
});
