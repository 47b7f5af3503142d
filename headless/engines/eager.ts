import * as tf from "@tensorflow/tfjs";
import {useBackend} from "../../src/components/ops/backend.js";
import {leaves, type Tree} from "../../src/components/tensor/tree.js";
import {abreast, fromArrays, toArrays, upload} from "../../src/components/train/arrays.js";
import type {Numbers} from "../../src/components/train/protocol.js";
import type {Batch, Block, Task} from "../../src/components/train/task.js";
import type {Engine} from "../engine.js";
import {formOf, recordEvaluate, recordStep, type Recorded} from "../native/forms.js";
import {openDawn} from "./dawn.js";

/**
 * A task computed by tfjs, kernel by kernel: on wasm, in one thread, since its threads need a browser's workers; or on
 * a GPU, through Dawn. The backend becomes tfjs's current one. Calls must not overlap.
 *
 * @param state where the run begins. Its numbers are copied; the caller may dispose of its tensors.
 * @throws Error in one sentence, if the backend does not start here.
 */
export async function eagerEngine(task: Task, state: Tree, backend: "wasm" | "webgpu"): Promise<Engine> {
  const beginning = await toArrays(state);
  const dawn = backend === "webgpu" ? await openDawn() : null;
  const {name, reason} = await useBackend(backend);
  if (name !== backend) {
    dawn?.close();
    throw new Error(`eagerEngine: expected the backend ${backend} to start, got ${reason}`);
  }
  let current = fromArrays(state, beginning);
  const flops = {step: 0, evaluate: 0};
  const stepFlops = counted((batch) => recordStep(task, state, batch));
  const evaluateFlops = counted((batch) => recordEvaluate(task, state, batch));
  return {
    name: `tfjs ${tf.version.tfjs}, ${dawn ? `WebGPU on ${dawn.adapter}` : "wasm, 1 thread"}`,
    flops,
    async step(batch, rate) {
      flops.step = stepFlops(batch);
      let names: string[] = [];
      const [next, values] = tf.tidy(() => {
        const [next, metrics] = task.step(current, upload(batch), tf.scalar(rate));
        names = Object.keys(metrics);
        return [next, abreast(metrics)] as [Tree, tf.Tensor];
      });
      free(current, next);
      current = next;
      return named(names, await taken(values));
    },
    async evaluate(batch) {
      flops.evaluate = evaluateFlops(batch);
      let names: string[] = [];
      const values = tf.tidy(() => {
        const sums = task.evaluate(current, upload(batch));
        names = Object.keys(sums);
        return abreast(sums);
      });
      return named(names, await taken(values));
    },
    predict: (batch) => taken(tf.tidy(() => tf.cast(task.predict(current, upload(batch)), "float32"))),
    state: () => toArrays(current),
    async release() {
      tf.dispose(current);
      if (dawn) tf.removeBackend(backend);
      dawn?.close();
    }
  };
}

/** A recording's operations, recorded once for each form of batches. */
function counted(record: (batch: Batch) => Recorded): (batch: Batch) => number {
  const known = new Map<string, number>();
  return (batch) => {
    const form = formOf(batch);
    const flops = known.get(form) ?? record(batch).flops;
    known.set(form, flops);
    return flops;
  };
}

/** A tensor's numbers; the tensor is gone. */
async function taken(tensor: tf.Tensor): Promise<Block> {
  try {
    return {data: await tensor.data<"float32">(), shape: tensor.shape};
  } finally {
    tensor.dispose();
  }
}

const named = (names: string[], {data}: Block): Numbers => Object.fromEntries(names.map((name, i) => [name, data[i]]));

/** Frees the leaves that the next state does not share. */
function free(last: Tree, next: Tree): void {
  const held = new Set(leaves(next));
  for (const leaf of leaves(last)) if (!held.has(leaf)) leaf.dispose();
}
