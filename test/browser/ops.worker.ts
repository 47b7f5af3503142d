import * as tf from "@tensorflow/tfjs";
import {rng} from "../../src/components/math/random.js";
import {useBackend, type BackendReport} from "../../src/components/ops/backend.js";
import type {BackendRequest} from "../../src/components/ops/backendChoice.js";
import {batchNorm} from "../../src/components/ops/batchNorm.js";
import {conv2d} from "../../src/components/ops/conv2d.js";
import {matMul} from "../../src/components/ops/matMul.js";
import {mean, sum} from "../../src/components/ops/mean.js";
import {softmaxCrossEntropy} from "../../src/components/ops/softmaxCrossEntropy.js";
import type {Message} from "../../tools/bench/inWorker.js";

export interface OpsResult {
  report: BackendReport;
  /** navigator.hardwareConcurrency before the backend started and after. */
  cores: [number, number];
  /** By case: the value, then the gradient for each input, along a random dy. */
  numbers: Record<string, number[][]>;
  leaked: number;
}

type Case = {inputs: number[][]; run: (...inputs: tf.Tensor[]) => tf.Tensor};

const cases: Record<string, Case> = {
  "conv2d 3×3": {inputs: [[2, 6, 5, 3], [3, 3, 3, 4]], run: (x, w) => conv2d(x, w, {padding: 1})}, // prettier-ignore
  "conv2d 3×3, stride 2": {inputs: [[2, 6, 6, 4], [3, 3, 4, 5]], run: (x, w) => conv2d(x, w, {stride: 2, padding: 1})}, // prettier-ignore
  "conv2d 1×1, stride 2": {inputs: [[2, 4, 4, 4], [1, 1, 4, 8]], run: (x, w) => conv2d(x, w, {stride: 2})}, // prettier-ignore
  "conv2d 3×3, dilation 2": {inputs: [[1, 7, 7, 2], [3, 3, 2, 3]], run: (x, w) => conv2d(x, w, {padding: 2, dilation: 2})}, // prettier-ignore
  "matMul AᵀB": {inputs: [[7, 3], [7, 5]], run: (a, b) => matMul(a, b, {transposeA: true})}, // prettier-ignore
  "matMul ABᵀ, batched": {inputs: [[2, 3, 4], [2, 5, 4]], run: (a, b) => matMul(a, b, {transposeB: true})}, // prettier-ignore
  "mean over the image": {inputs: [[2, 3, 4, 5]], run: (x) => mean(x, [1, 2])},
  "sum of all": {inputs: [[3, 5]], run: (x) => sum(x)},
  batchNorm: {inputs: [[3, 4, 2, 5], [5], [5]], run: (x, weight, bias) => batchNorm(x, weight, bias, 1e-3)[0]},
  softmaxCrossEntropy: {inputs: [[4, 6]], run: (z) => softmaxCrossEntropy(z, tf.oneHot([0, 5, 2, 2], 6))}
};

onmessage = async ({data: request}: MessageEvent<BackendRequest>) => {
  const post = (message: Message<OpsResult>) => postMessage(message);
  try {
    const before = navigator.hardwareConcurrency;
    const report = await useBackend(request);
    const numbers: Record<string, number[][]> = {};
    const tensors = tf.memory().numTensors;
    for (const [name, one] of Object.entries(cases)) numbers[name] = await evaluate(one);
    const leaked = tf.memory().numTensors - tensors;
    post({result: {report, cores: [before, navigator.hardwareConcurrency], numbers, leaked}});
  } catch (error) {
    post({error: String(error)});
  }
};

async function evaluate({inputs, run}: Case): Promise<number[][]> {
  const stream = rng(1);
  const normal = (shape: number[]) => tf.tensor(stream.normal(shape.reduce((a, b) => a * b, 1)), shape);
  const results = tf.tidy(() => {
    const given = inputs.map(normal);
    const y = run(...given);
    return [y, ...tf.grads(run)(given, normal(y.shape))];
  });
  const numbers = await Promise.all(results.map(async (t) => [...(await t.data())]));
  tf.dispose(results);
  return numbers;
}
