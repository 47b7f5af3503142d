import * as tf from "@tensorflow/tfjs";
import {compileAhead} from "../ops/webgpu/ahead.js";
import {chooseVariants} from "../ops/webgpu/choose.js";
import {residence} from "../ops/webgpu/backend.js";
import {records} from "../ops/webgpu/capture.js";
import {leaves, type Tree} from "../tensor/tree.js";
import {abreast, upload} from "./arrays.js";
import type {Batch, Task, Tensors} from "./task.js";

/** What a step and an evaluation of a run are given. */
interface Given<S extends Tree, B extends Batch> {
  state: S;
  batch(): B;
  view(): B;
}

/** What is told meanwhile, beside the share of it that is done. */
type Tell = (fraction: number, what: string) => void;

/**
 * Chooses, before the first step, the kernels that suit this GPU, and compiles the shaders of a task's steps and
 * evaluations, where they are compiled at all.
 */
export async function prepare<S extends Tree, B extends Batch>(
  task: Pick<Task<S, B>, "step" | "evaluate">,
  {state, batch, view}: Given<S, B>,
  tell: Tell
): Promise<void> {
  await chooseVariants((fraction) => tell(fraction, "trying kernels on this GPU"));
  const step = (tensors: Tensors<B>, rate: tf.Scalar) => {
    const [next, metrics] = task.step(state, tensors, rate);
    abreast(metrics);
    return next;
  };
  const settle = (tensors: Iterable<tf.Tensor>) => {
    if (records()) for (const tensor of tensors) residence(tensor);
  };
  const rehearse = () =>
    tf.tidy(() => {
      settle(leaves(state)); // or tfjs would compute with the small ones on the processor, as long as they are new
      step(upload(batch()), tf.scalar(0)); // as it does with these, but not in a step that is recorded
      const [recorded, rate] = [upload(batch()), tf.scalar(0)];
      settle([...Object.values<tf.Tensor>(recorded), rate]);
      abreast(task.evaluate(step(recorded, rate), upload(view())));
    });
  await compileAhead(rehearse, (ready, count) => tell(ready / count, `compiling ${count} shaders`));
}
