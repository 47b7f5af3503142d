import * as tf from "@tensorflow/tfjs";
import {batchBytes, batchOf, rateOf, taskOf} from "../../src/benchmark/contenders.js";
import {gpuMeter, type Load} from "../../src/benchmark/gpuMeter.js";
import type {Size} from "../../src/benchmark/size.js";
import {rng} from "../../src/components/math/random.js";
import {useBackend} from "../../src/components/ops/backend.js";
import {noTotals} from "../../src/components/train/totals.js";
import {walk} from "../../src/components/train/walk.js";
import type {Message} from "../../tools/bench/inWorker.js";

export interface StepsRequest {
  size: Size;
  steps: number;
}

export interface StepsResult {
  batchBytes: number;
  /** After every step: tensors, bytes that tfjs holds on the GPU, buffers made so far and not destroyed, what the step asked. */
  seen: {tensors: number; bytes: number; alive: number; load: Load}[];
  losses: number[];
}

/** Many steps as `fit` takes them: one eager, one recorded, the others repeated. */
async function run({size, steps}: StepsRequest): Promise<StepsResult> {
  const meter = gpuMeter();
  await useBackend("webgpu");
  const [task, batch] = [taskOf(size), batchOf(size)];
  const state = tf.tidy(() => task.init(rng(0)));
  const refused = (reason: string) => {
    throw new Error(`expected a recording, got ${reason}`);
  };
  const path = walk(task, {state, step: 0, totals: noTotals}, false, refused);
  const seen: StepsResult["seen"] = [];
  const losses: number[] = [];
  let alive = 0;
  for (let step = 0; step < steps; ++step) {
    path.take(batch, rateOf(size));
    while (path.flying() > 1) losses.push((await path.land()).metrics.loss);
    const load = meter.read();
    alive += load.buffers - load.destroyed;
    const bytes = (tf.memory() as unknown as {numBytesAllocatedInGPU: number}).numBytesAllocatedInGPU;
    seen.push({tensors: tf.memory().numTensors, bytes, alive, load});
  }
  while (path.flying()) losses.push((await path.land()).metrics.loss);
  await path.end();
  return {batchBytes: batchBytes(size), seen, losses};
}

onmessage = async ({data}: MessageEvent<StepsRequest>) => {
  const post = (message: Message<StepsResult>) => postMessage(message);
  try {
    post({result: await run(data)});
  } catch (error) {
    post({error: String((error as Error).stack)});
  }
};
