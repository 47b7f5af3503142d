import * as tf from "@tensorflow/tfjs";
import {scenes} from "../../src/components/data/scenes.js";
import {rng} from "../../src/components/math/random.js";
import {classifier} from "../../src/components/models/classifier.js";
import {resnet} from "../../src/components/models/resnet.js";
import {useBackend, type BackendReport} from "../../src/components/ops/backend.js";
import {sgd} from "../../src/components/optimizers/sgd.js";
import {upload} from "../../src/components/train/arrays.js";
import {supervised} from "../../src/components/train/supervised.js";
import type {Message} from "./inWorker.js";

export interface Step {
  width: number;
  batch: number;
  /** Milliseconds of each step. */
  times: number[];
  loss: number;
}
export type StepResult = {backend: BackendReport; steps: Step[]};
export type StepRequest = {nets: {width: number; batch: number}[]; rounds: number};

const post = (message: Message<StepResult>) => postMessage(message);

onmessage = async ({data: {nets, rounds}}: MessageEvent<StepRequest>) => {
  try {
    const backend = await useBackend("wasm");
    post({result: {backend, steps: nets.map(({width, batch}) => measure(width, batch, rounds))}});
  } catch (error) {
    post({error: String(error)});
  }
};

/** Whole training steps of a ResNet-18 with momentum on one batch: upload, forward, backward, update, loss read back. */
function measure(width: number, batch: number, rounds: number): Step {
  const normalise = {mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25]};
  const model = classifier(resnet({depth: 18, width}), 10);
  const task = supervised({model, classes: 10, optimizer: sgd({momentum: 0.9}), normalise});
  const records = scenes({seed: 1, count: batch});
  const data = task.sample(
    rng(1),
    records,
    Uint32Array.from({length: batch}, (_, i) => i)
  );
  const step = (state: ReturnType<typeof task.init>) =>
    tf.tidy(() => {
      const [next, {loss}] = task.step(state, upload(data), tf.scalar(0.01));
      return {next, loss: loss.dataSync()[0]};
    });
  let state = tf.tidy(() => task.init(rng(0)));
  let loss = NaN;
  const times: number[] = [];
  for (let round = -1; round < rounds; ++round) {
    const start = performance.now();
    const result = step(state);
    if (round >= 0) times.push(performance.now() - start);
    tf.dispose(state as never);
    ({next: state, loss} = result);
  }
  tf.dispose(state as never);
  return {width, batch, times, loss};
}
