import * as tf from "@tensorflow/tfjs";
import {rng} from "../../src/components/math/random.js";
import {classifier} from "../../src/components/models/classifier.js";
import {resnet} from "../../src/components/models/resnet.js";
import {useBackend, type BackendReport} from "../../src/components/ops/backend.js";
import {sgd} from "../../src/components/optimizers/sgd.js";
import {recordStep, stepOf} from "../../src/components/train/recorded.js";
import {supervised} from "../../src/components/train/supervised.js";
import type {Batch, Task} from "../../src/components/train/task.js";
import {gpuMeter, type Load} from "./gpuMeter.js";
import type {Message} from "./inWorker.js";
import {stockResnet} from "./stockResnet.js";

export interface GpuRequest {
  width: number;
  side: number;
  batch: number;
  rounds: number;
  /** False: commands are counted and not computed, and nothing is timed. */
  compute: boolean;
}

export interface Contender {
  name: string;
  /** Milliseconds of the first step, which compiles, and of each round. */
  first: number;
  times: number[];
  load: Load;
  /** The loss of the first step and of the last. */
  losses: [number, number];
}
export type GpuResult = {backend: BackendReport; contenders: Contender[]; batchBytes: number};

/** One step, to the moment when its loss is there. */
type Step = () => Promise<number>;

const rate = 0.01;
const normalise = {mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25]};

function batchOf({side, batch}: GpuRequest): Batch {
  const images = {data: rng(1).normal(batch * side * side * 3), shape: [batch, side, side, 3]};
  const labels = {data: Int32Array.from({length: batch}, (_, i) => i % 10), shape: [batch]};
  return {images, labels, mask: {data: new Float32Array(batch).fill(1), shape: [batch]}};
}

const taskOf = ({width}: GpuRequest) =>
  supervised({model: classifier(resnet({width}), 10), classes: 10, optimizer: sgd({momentum: 0.9}), normalise}) as unknown as Task; // prettier-ignore

function stock(request: GpuRequest): Step {
  const {images, labels} = batchOf(request);
  const x = tf.tensor4d(images.data as Float32Array, images.shape as [number, number, number, number]);
  const y = tf.cast(tf.oneHot(labels.data as Int32Array as never, 10), "float32") as tf.Tensor2D;
  const net = stockResnet(request.width, x, y);
  return async () => {
    const loss = net.step();
    const [number] = await loss.data();
    loss.dispose();
    return number;
  };
}

function eager(request: GpuRequest): Step {
  const [task, batch] = [taskOf(request), batchOf(request)];
  let state = tf.tidy(() => task.init(rng(0)));
  return async () => {
    const {state: next, read, values} = stepOf(task, state, batch, rate);
    tf.dispose(state as never);
    state = next;
    const [loss] = Array.from(await read);
    values!.dispose();
    return loss;
  };
}

function recorded(request: GpuRequest): Step {
  const [task, batch] = [taskOf(request), batchOf(request)];
  const state = tf.tidy(() => task.init(rng(0)));
  let steps: ReturnType<typeof recordStep>["recorded"] = null;
  return async () => {
    if (steps) return (await steps.take(batch, rate).read)[0];
    const made = recordStep(task, state, batch, rate);
    if (!made.recorded) throw new Error(`recorded: expected a step that can be, got one of which ${made.reason}`);
    steps = made.recorded;
    return (await made.taken.read)[0];
  };
}

async function run(request: GpuRequest): Promise<GpuResult> {
  const meter = gpuMeter(request);
  const backend = await useBackend("webgpu");
  const makers = {"stock tfjs, plain ops": stock, "ours, eager": eager, "ours, recorded": recorded};
  const contenders: (Contender & {step: Step})[] = [];
  for (const [name, make] of Object.entries(makers)) {
    post({line: `first steps of ${name}`});
    const step = make(request);
    const start = performance.now();
    const loss = await step();
    const first = performance.now() - start;
    await step();
    meter.read();
    const last = await step();
    contenders.push({name, first, times: [], load: meter.read(), losses: [loss, last], step});
  }
  if (request.compute)
    for (let round = 0; round < request.rounds; ++round)
      for (const contender of contenders) {
        const start = performance.now();
        contender.losses[1] = await contender.step();
        contender.times.push(performance.now() - start);
      }
  const batchBytes = Object.values(batchOf(request)).reduce((sum, {data}) => sum + data.byteLength, 0);
  return {backend, contenders: contenders.map(({step: _, ...rest}) => rest), batchBytes};
}

const post = (message: Message<GpuResult>) => postMessage(message);

onmessage = async ({data}: MessageEvent<GpuRequest>) => {
  try {
    post({result: await run(data)});
  } catch (error) {
    post({error: String((error as Error).stack)});
  }
};
