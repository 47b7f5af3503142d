import {loadavg} from "node:os";
import * as tf from "@tensorflow/tfjs";
import {compileStep} from "../../headless/compile.js";
import {fastestDialect} from "../../headless/dialect.js";
import {nativeState} from "../../headless/nativeState.js";
import {nativeTensor, openSession} from "../../headless/session.js";
import {inputName, trace, type Tensors} from "../../headless/trace/trace.js";
import {rng} from "../../src/components/math/random.js";
import {classifier} from "../../src/components/models/classifier.js";
import {resnet} from "../../src/components/models/resnet.js";
import {conv2d} from "../../src/components/ops/conv2d.js";
import {matMul} from "../../src/components/ops/matMul.js";
import {sgd} from "../../src/components/optimizers/sgd.js";
import {supervised, type SupervisedBatch} from "../../src/components/train/supervised.js";
import {median} from "./rounds.js";
import {stepFlops} from "./resnetFlops.js";

const size = 32;
const classes = 10;
const batch = 128;

/** ResNet-18 training steps as onnxruntime runs them, next to what the same cores reach in one product and one convolution. */
export async function native(rounds: number): Promise<void> {
  await tf.setBackend("cpu");
  const load = loadavg()[0].toFixed(1);
  console.log(`Batch ${batch}, median of ${rounds} after one that does not count; load average at the start ${load}`);
  const side = 2048;
  await ceiling("matmul 2048³", {a: [side, side], b: [side, side]}, 2 * side ** 3, rounds, ({a, b}) => matMul(a, b));
  const images = [batch, size, size, 64];
  const flops = 2 * batch * size ** 2 * 9 * 64 ** 2;
  await ceiling("convolution 3×3, 64 → 64", {x: images, w: [3, 3, 64, 64]}, flops, rounds, ({x, w}) =>
    conv2d(x, w, {padding: 1})
  );
  for (const width of [64, 32, 16]) report(`ResNet-18, width ${width}`, await steps(width, rounds), width);
}

const rate = (flops: number, milliseconds: number) => `${(flops / milliseconds / 1e6).toFixed(0)} GFLOP/s`;

function report(name: string, milliseconds: number, width: number): void {
  const images = ((batch / milliseconds) * 1e3).toFixed(1);
  const speed = rate(batch * stepFlops({depth: 18, width, size, classes}), milliseconds);
  console.log(`${name}: ${milliseconds.toFixed(0)} ms a step, ${images} images/s, ${speed}`);
}

/** The median time of a training step. */
async function steps(width: number, rounds: number): Promise<number> {
  const task = supervised({
    model: classifier(resnet({depth: 18, width}), classes),
    classes,
    optimizer: sgd({momentum: 0.9, nesterov: true, decay: {amount: 5e-4}}),
    smoothing: 0.1,
    normalise: {mean: [0, 0, 0], deviation: [1, 1, 1]}
  });
  const state = task.init(rng(1));
  const data: SupervisedBatch = {
    images: {data: rng(2).normal(batch * size * size * 3), shape: [batch, size, size, 3]},
    labels: {data: rng(3).integers(batch, classes), shape: [batch]},
    mask: {data: new Float32Array(batch).fill(1), shape: [batch]}
  };
  const step = await compileStep(task, state, data);
  let current = nativeState(state);
  const times = await timed(rounds, async () => {
    [current] = await step(current, data, 1e-3);
  });
  await step.release();
  return median(times);
}

async function ceiling(
  name: string,
  shapes: Record<string, number[]>,
  flops: number,
  rounds: number,
  f: (tensors: Tensors) => tf.Tensor
): Promise<void> {
  const blocks = Object.entries(shapes).map(([key, shape]) => {
    const data = rng(4).normal(shape.reduce((product, n) => product * n, 1));
    return [key, {data, shape, dtype: "float32" as const}] as const;
  });
  // Its sum alone is handed out, which is read and cheap.
  const {graph} = trace((tensors) => ({sum: tf.sum(f(tensors))}), Object.fromEntries(blocks), await fastestDialect());
  const session = await openSession(graph);
  const feeds = Object.fromEntries(blocks.map(([key, block]) => [inputName(key), nativeTensor(block)]));
  const times = await timed(rounds, () => session.run(feeds));
  console.log(`${name}: ${median(times).toFixed(1)} ms, ${rate(flops, median(times))}`);
  await session.release();
}

async function timed(rounds: number, run: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let round = -1; round < rounds; ++round) {
    const start = performance.now();
    await run();
    if (round >= 0) times.push(performance.now() - start);
  }
  return times;
}
