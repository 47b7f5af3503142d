import * as tf from "@tensorflow/tfjs";
import {part} from "../../src/components/data/part.js";
import type {Records} from "../../src/components/data/records.js";
import {sharpness} from "../../src/components/evaluate/sharpness.js";
import {rng} from "../../src/components/math/random.js";
import type {Tree} from "../../src/components/tensor/tree.js";
import type {Task} from "../../src/components/train/task.js";
import {openEngine} from "../engines/open.js";
import {flat, gradientOn, gradientTask, paramsOf} from "./gradient.js";

/** What a record keeps of it, as `final.sharpness`. */
export interface MeasuredSharpness extends Record<string, number> {
  /** The largest eigenvalue of the loss's Hessian as the power iteration found it, in nats over parameters squared. */
  eigenvalue: number;
  /** ‖H v − λ v‖: some eigenvalue is within this of it. */
  residual: number;
  iterations: number;
  /** Training images that the loss is a mean over. */
  images: number;
}

interface Options {
  /** The first so many training images, as they are; 2,000 unless told. */
  images?: number;
  /** h: the length of the step along a unit vector. */
  step?: number;
  /** Images in one pass of the gradient. */
  batch?: number;
  engine?: {threads?: number; notice?: (sentence: string) => void};
}

/**
 * How sharply the training loss bends where a run has ended: `evaluate/sharpness` on the loss of `task.evaluate`, without
 * smoothing, decay and augmentation, with the running statistics held fixed, natively.
 *
 * @param state whose tensors the caller may dispose of afterwards.
 * @throws Error if the task's state has no parameters of that name, or its evaluation no loss.
 */
export async function lossSharpness(
  {task, state, train}: {task: Task; state: Tree; train: Records},
  {images = 2000, step = 0.01, batch = 100, engine: how = {}}: Options = {}
): Promise<MeasuredSharpness> {
  const count = Math.min(images, train.count);
  const records = part(train, 0, count);
  const params = paramsOf(state);
  const engine = await openEngine(gradientTask(task), state, how);
  try {
    const gradientAt = gradientOn(engine, task, {params, records, batch: Math.min(batch, count)});
    const found = await sharpness(gradientAt, flat(params), rng(0).fork("sharpness"), {
      iterations: 50,
      step,
      within: 0.05
    });
    return {...found, images: count};
  } finally {
    await engine.release();
    tf.dispose(state);
  }
}
