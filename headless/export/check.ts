import * as tf from "@tensorflow/tfjs";
import * as ort from "onnxruntime-node";
import {scenes} from "../../src/components/data/scenes.js";
import type {Tree} from "../../src/components/tensor/tree.js";
import {upload} from "../../src/components/train/arrays.js";
import type {Task} from "../../src/components/train/task.js";

/** How far a model's logits are from the library's, and how large those are. */
export interface Agreement {
  count: number;
  largest: number;
  difference: number;
}

/**
 * Runs an exported model in onnxruntime on scenes, in batches of the given sizes, and beside it the task's own `predict`
 * on tfjs's current backend.
 */
export async function agreement(model: Uint8Array, task: Task, state: Tree, sizes: number[]): Promise<Agreement[]> {
  const session = await ort.InferenceSession.create(model, {logSeverityLevel: 3});
  const found: Agreement[] = [];
  for (const count of sizes) {
    const records = scenes({seed: 0, count});
    const {logits} = await session.run({images: pixels(records.images, count)});
    const rows = Uint32Array.from({length: count}, (_, i) => i);
    const ours = tf.tidy(() => task.predict(state, upload(task.view(records, rows, count))).dataSync() as Float32Array);
    const theirs = logits.data as Float32Array;
    if (theirs.length !== ours.length)
      throw new Error(`agreement: expected ${ours.length} logits, got ${theirs.length}`);
    const largest = ours.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const difference = ours.reduce((most, value, i) => Math.max(most, Math.abs(value - theirs[i])), 0);
    found.push({count, largest, difference});
  }
  await session.release();
  return found;
}

/** Bytes (N, 32, 32, 3) as the model's input (N, 3, 32, 32) on [0, 1]. */
function pixels(images: Uint8Array, count: number): ort.Tensor {
  const cells = 32 * 32;
  const data = Float32Array.from(images, (_, i) => {
    const [image, channel, cell] = [Math.floor(i / (3 * cells)), Math.floor(i / cells) % 3, i % cells];
    return images[(image * cells + cell) * 3 + channel] / 255;
  });
  return new ort.Tensor("float32", data, [count, 3, 32, 32]);
}
