import * as tf from "@tensorflow/tfjs";
import {crossEntropy} from "../../src/components/losses/crossEntropy.js";
import {rng} from "../../src/components/math/random.js";
import {classifier} from "../../src/components/models/classifier.js";
import {resnet} from "../../src/components/models/resnet.js";
import {useBackend} from "../../src/components/ops/backend.js";
import type {ComputeBackend} from "../../src/components/ops/backendChoice.js";
import {adamw} from "../../src/components/optimizers/adamw.js";
import {valueAndGrad} from "../../src/components/tensor/grad.js";
import {entries, leaves, type Tree} from "../../src/components/tensor/tree.js";
import {upload} from "../../src/components/train/arrays.js";
import {supervised} from "../../src/components/train/supervised.js";
import type {Batch, Task} from "../../src/components/train/task.js";
import {noTotals} from "../../src/components/train/totals.js";
import {walk} from "../../src/components/train/walk.js";
import type {Message} from "../../tools/bench/inWorker.js";

export interface CaptureResult {
  /** Losses of steps on cpu; recorded; and sent one by one. */
  losses: Record<"cpu" | "recorded" | "eager", number[]>;
  /** The largest difference of a number of the state, of recorded and eager steps. */
  apart: number;
  /** Before each recorded step: tensors, and bytes that tfjs has allocated on the GPU. */
  memory: {tensors: number; bytes: number}[];
  /** Bytes sent to the GPU in each recorded step, and those of the batch. */
  sent: number[];
  batchBytes: number;
  left: number;
  /** A run whose steps seem to take no time: its losses, how often the GPU was read, and the most steps in flight. */
  grouped: {losses: number[]; reads: number; inFlight: number; left: number};
  /** Why a step that reads a number was not recorded, and the losses it went on with. */
  refusal: {reason: string; losses: number[]};
  /** A recorded run whose loss is no longer finite: the step it goes back to, and how far its state is from the eager one's. */
  retreat: {step: number; apart: number; left: number};
  /** ‖g − g'‖ / ‖g'‖ of the whole gradient, on this backend and on cpu: of a ResNet-18 of width 8. */
  gradientApart: number;
}

const size = {batch: 4, side: 8};
const normalise = {mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25]};
const task = supervised({
  model: classifier(resnet({depth: 10, width: 4}), 10),
  classes: 10,
  optimizer: adamw(),
  normalise
}) as unknown as Task;

const batchAt = (step: number): Batch => ({
  images: {
    data: rng(step % 5).normal(size.batch * size.side ** 2 * 3),
    shape: [size.batch, size.side, size.side, 3]
  },
  labels: {data: Int32Array.from({length: size.batch}, (_, i) => (i + (step % 5)) % 10), shape: [size.batch]},
  mask: {data: new Float32Array(size.batch).fill(1), shape: [size.batch]}
});
const rateAt = (step: number) => 1e-3 * (1 - step / 100);

/** Bytes that have been written to GPU buffers from here on. */
function meter(): () => number {
  let bytes = 0;
  const {writeBuffer} = GPUQueue.prototype;
  GPUQueue.prototype.writeBuffer = function (...given: Parameters<typeof writeBuffer>) {
    bytes += given[4] ?? (given[2] as Float32Array).byteLength;
    return writeBuffer.apply(this, given);
  };
  const {createBuffer} = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (descriptor: GPUBufferDescriptor) {
    if (descriptor.mappedAtCreation) bytes += descriptor.size;
    return createBuffer.call(this, descriptor);
  };
  return () => bytes;
}

async function walked(task: Task, steps: number, refused: (reason: string) => void) {
  const sent = meter();
  const path = walk(task, {state: tf.tidy(() => task.init(rng(0))), step: 0, totals: noTotals}, false, refused);
  const losses: number[] = [];
  const [memory, bytes]: [CaptureResult["memory"], number[]] = [[], []];
  for (let step = 0; step < steps; ++step) {
    memory.push({tensors: tf.memory().numTensors, bytes: (tf.memory() as never)["numBytesAllocatedInGPU"]});
    const before = sent();
    path.take(batchAt(step), rateAt(step));
    bytes.push(sent() - before);
    while (path.flying() > 1) losses.push((await path.land()).metrics.loss);
  }
  while (path.flying()) losses.push((await path.land()).metrics.loss);
  const state = entries(path.here().state).map(async ([, leaf]) => Float32Array.from(await leaf.data()));
  const numbers = await Promise.all(state);
  await path.end();
  return {losses, memory, sent: bytes, numbers};
}

async function eager(backend: ComputeBackend, steps: number) {
  await useBackend(backend);
  let state = tf.tidy(() => task.init(rng(0)));
  const losses: number[] = [];
  for (let step = 0; step < steps; ++step) {
    const [next, loss] = tf.tidy(() => {
      const [next, metrics] = task.step(state, upload(batchAt(step)), tf.scalar(rateAt(step)));
      return [next, metrics.loss] as [typeof state, tf.Scalar];
    });
    losses.push((await loss.data())[0]);
    tf.dispose([state as never, loss]);
    state = next;
  }
  const numbers = await Promise.all(entries(state).map(async ([, leaf]) => Float32Array.from(await leaf.data())));
  tf.dispose(state as never);
  return {losses, numbers};
}

/** Steps on a clock on which they take a hundredth of a millisecond, so that the losses of many are read together. */
async function grouped(steps: number): Promise<CaptureResult["grouped"]> {
  const tensors = tf.memory().numTensors;
  const {now} = performance;
  const {mapAsync} = GPUBuffer.prototype;
  const {onSubmittedWorkDone} = GPUQueue.prototype; // asked once by each repeated step
  let [time, reads, flying, inFlight] = [0, 0, 0, 0];
  performance.now = () => (time += 0.01);
  GPUBuffer.prototype.mapAsync = function (...given) {
    ++reads;
    return mapAsync.apply(this, given);
  };
  GPUQueue.prototype.onSubmittedWorkDone = async function () {
    inFlight = Math.max(inFlight, ++flying);
    await onSubmittedWorkDone.call(this);
    --flying;
  };
  const path = walk(task, {state: tf.tidy(() => task.init(rng(0))), step: 0, totals: noTotals}, false);
  const losses: number[] = [];
  for (let step = 0; step < steps; ++step) {
    await path.finished(1);
    while (path.flying() > path.most() || path.landed()) losses.push((await path.land()).metrics.loss);
    path.take(batchAt(step), rateAt(step));
  }
  while (path.flying()) losses.push((await path.land()).metrics.loss);
  await path.end();
  Object.assign(performance, {now});
  GPUBuffer.prototype.mapAsync = mapAsync;
  GPUQueue.prototype.onSubmittedWorkDone = onSubmittedWorkDone;
  return {losses, reads, inFlight, left: tf.memory().numTensors - tensors};
}

/** Goes back from a step whose rate is far too high. */
async function diverging(): Promise<CaptureResult["retreat"]> {
  const tensors = tf.memory().numTensors;
  const path = walk(task, {state: tf.tidy(() => task.init(rng(0))), step: 0, totals: noTotals}, false);
  let failed = false;
  for (let step = 0; step < 9 && !failed; ++step) {
    path.take(batchAt(step), step === 4 ? 1e30 : rateAt(step));
    while (path.flying() > 1 && !failed) await path.land().catch(() => (failed = true));
  }
  const good = (await path.retreat())!;
  const numbers = await Promise.all(entries(good.state).map(async ([, leaf]) => Float32Array.from(await leaf.data())));
  await path.end();
  const {step} = good;
  const left = tf.memory().numTensors - tensors;
  return {step, apart: farthest(numbers, (await eager("webgpu", step)).numbers), left};
}

/** Every leaf's gradient of the training loss on one batch. */
async function gradient(backend: ComputeBackend): Promise<Float32Array[]> {
  await useBackend(backend);
  const model = classifier(resnet({width: 8}), 10);
  const grads = tf.tidy(() => {
    const {params, stats} = model.init(rng(2));
    const images = tf.tensor(rng(3).normal(8 * 16 * 16 * 3), [8, 16, 16, 3]); // the last norm sees 32 values a channel
    const labels = tf.tensor1d(rng(4).integers(8, 10), "int32");
    const loss = (params: Parameters<typeof model.apply>[0]): [tf.Scalar, null] => {
      const [logits] = model.apply(params, stats, images, {training: true});
      return [crossEntropy(logits, labels), null];
    };
    return leaves(valueAndGrad(loss)(params)[1] as Tree);
  });
  const numbers = await Promise.all(grads.map(async (leaf) => Float32Array.from(await leaf.data())));
  tf.dispose(grads);
  return numbers;
}

async function gradientApart(): Promise<number> {
  const [reference, ours] = [await gradient("cpu"), await gradient("webgpu")];
  const squares = (of: (a: number, b: number) => number) =>
    ours.reduce((sum, list, i) => list.reduce((sum, v, k) => sum + of(v, reference[i][k]) ** 2, sum), 0);
  return Math.sqrt(squares((a, b) => a - b) / squares((_, b) => b));
}

/** The largest difference of two numbers in the same place. */
const farthest = (a: Float32Array[], b: Float32Array[]): number =>
  Math.max(...a.map((list, i) => list.reduce((most, v, k) => Math.max(most, Math.abs(v - b[i][k])), 0)));

async function run(): Promise<CaptureResult> {
  const steps = 50;
  const cpu = await eager("cpu", steps);
  const one = await eager("webgpu", steps);
  const tensors = tf.memory().numTensors;
  const recorded = await walked(task, steps, (reason) => {
    throw new Error(`expected a recording, got ${reason}`);
  });
  const left = tf.memory().numTensors - tensors;
  const refusal = {reason: "", losses: [] as number[]};
  const reading: Task = {
    ...task,
    step(state, batch, rate) {
      const [next, metrics] = task.step(state, batch, rate);
      const seen = tf.keep(tf.clone(metrics.loss));
      void seen.data().then(() => seen.dispose());
      return [next, metrics];
    }
  };
  refusal.losses = (await walked(reading, 3, (reason) => (refusal.reason = reason))).losses;
  return {
    losses: {cpu: cpu.losses, recorded: recorded.losses, eager: one.losses},
    apart: farthest(one.numbers, recorded.numbers),
    memory: recorded.memory,
    sent: recorded.sent,
    batchBytes: Object.values(batchAt(0)).reduce((sum, {data}) => sum + data.byteLength, 0),
    left,
    grouped: await grouped(steps),
    refusal,
    retreat: await diverging(),
    gradientApart: await gradientApart()
  };
}

onmessage = async () => {
  const post = (message: Message<CaptureResult>) => postMessage(message);
  try {
    post({result: await run()});
  } catch (error) {
    post({error: String((error as Error).stack)});
  }
};
