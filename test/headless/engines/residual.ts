import type * as tf from "@tensorflow/tfjs";
import {rng} from "../../../src/components/math/random.js";
import {classifier} from "../../../src/components/models/classifier.js";
import {resnet} from "../../../src/components/models/resnet.js";
import {sgd} from "../../../src/components/optimizers/sgd.js";
import {entries, type Tree} from "../../../src/components/tensor/tree.js";
import type {Arrays} from "../../../src/components/train/arrays.js";
import {supervised, type SupervisedBatch} from "../../../src/components/train/supervised.js";
import type {Batch, Task} from "../../../src/components/train/task.js";

const classes = 3;

/** A ResNet-10 of width 4, as small as they come. */
export const residual = supervised({
  model: classifier(resnet({depth: 10, width: 4}), classes),
  classes,
  optimizer: sgd({momentum: 0.9, nesterov: true, decay: {amount: 5e-4}}),
  smoothing: 0.1,
  normalise: {mean: [0, 0, 0], deviation: [1, 1, 1]}
}) as unknown as Task;

/** The state before the first step. */
export const start = (): Tree => residual.init(rng(2));

type Form = {size: number; records: number};

/** The batch of a step: square images of normal numbers. */
export function batchOf(step: number, {size, records}: Form): Batch {
  const random = rng(3).fork(step);
  return {
    images: {data: random.normal(records * size * size * 3), shape: [records, size, size, 3]},
    labels: {data: random.integers(records, classes), shape: [records]},
    mask: {data: new Float32Array(records).fill(1), shape: [records]}
  } satisfies SupervisedBatch;
}

/** A batch to evaluate, whose last record is masked. */
export function viewOf(form: Form): Batch {
  const batch = batchOf(99, form);
  batch.mask.data[form.records - 1] = 0;
  return batch;
}

const norm = (values: number[]) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

/** The largest ‖a − b‖ / ‖b‖ over the leaves; NaN if one is missing. */
export function apart(arrays: Arrays, state: Tree): number {
  const distances = entries(state).map(([path, leaf]: [string, tf.Tensor]) => {
    const b = Array.from(leaf.dataSync());
    const a = arrays.get(path)?.data ?? [];
    return norm(b.map((value, i) => value - a[i])) / (norm(b) || 1);
  });
  return distances.some(Number.isNaN) ? NaN : Math.max(...distances);
}
