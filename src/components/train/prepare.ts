import * as tf from "@tensorflow/tfjs";
import {compileAhead} from "../ops/webgpu/ahead.js";
import {residence} from "../ops/webgpu/backend.js";
import type {Tree} from "../tensor/tree.js";
import {abreast, upload} from "./arrays.js";
import type {Batch, Task, Tensors} from "./task.js";

/** What a step and an evaluation of a run are given. */
interface Given<S extends Tree, B extends Batch> {
  state: S;
  batch(): B;
  view(): B;
}

/**
 * Compiles, before the first step, the shaders of a task's steps and evaluations, where they are compiled at all.
 *
 * @param tell told how many are ready and how many there are.
 */
export async function prepare<S extends Tree, B extends Batch>(
  task: Pick<Task<S, B>, "step" | "evaluate">,
  {state, batch, view}: Given<S, B>,
  tell: (ready: number, count: number) => void
): Promise<void> {
  const step = (tensors: Tensors<B>) => {
    const [next, metrics] = task.step(state, tensors, tf.scalar(0));
    abreast(metrics);
    return next;
  };
  const rehearse = () =>
    tf.tidy(() => {
      step(upload(batch())); // small tensors that are new tfjs computes with on the processor
      const recorded = upload(batch());
      Object.values<tf.Tensor>(recorded).forEach(residence); // but not those of a step that is recorded
      abreast(task.evaluate(step(recorded), upload(view())));
    });
  await compileAhead(rehearse, tell);
}
