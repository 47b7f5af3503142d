import type {TaskModule} from "../src/components/train/task.js";
import type {Schedule} from "../src/components/optimizers/schedule.js";

/** An experiment as constants: which task on which data, and how long and how fast to train. */
export interface Recipe<C = Record<string, unknown>> {
  /** What is trained on what, in one line. */
  about: string;
  /** The task and its data; the page of the experiment trains the same module. */
  module: TaskModule<C>;
  /** Where the module is, from `src/`: `week2/resnetTask`. */
  path: string;
  /** What the module is called with. */
  config: C;
  epochs: number;
  /** Records in a training batch. */
  batch: number;
  schedule: Schedule;
  /** Epochs after which the first ones of a run change the configuration: smaller images first, for example. */
  stages?: Stage<C>[];
  /** The evaluation split is measured after every so many epochs, and after the last. One unless told. */
  evaluateEvery?: number;
  /** The sharpness of the loss on so many training images is measured where a run ends that is evaluated on test images. */
  sharpness?: number;
  /** What `predict` gives are features: kNN measures them with every evaluation. */
  features?: boolean;
  /** Hours alone on two cores, natively: estimated, then measured. */
  hours: number;
}

/** Until so many epochs have passed, the batches are drawn by this configuration. The step stays the same function. */
export interface Stage<C> {
  until: number;
  config: Partial<C>;
}
