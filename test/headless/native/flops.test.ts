import * as tf from "@tensorflow/tfjs";
import {beforeAll, expect, test} from "vitest";
import {recordEvaluate, recordPredict, recordStep} from "../../../headless/native/forms.js";
import {trace, type Tensors} from "../../../headless/native/trace/trace.js";
import {rng} from "../../../src/components/math/random.js";
import {classifier} from "../../../src/components/models/classifier.js";
import {convnext} from "../../../src/components/models/convnext.js";
import {efficientnet} from "../../../src/components/models/efficientnet.js";
import {ladder} from "../../../src/components/models/ladder.js";
import {rungs} from "../../../src/components/models/ladderPlan.js";
import {b0Small, scaled} from "../../../src/components/models/mbPlan.js";
import type {Encoder} from "../../../src/components/models/model.js";
import {resnet} from "../../../src/components/models/resnet.js";
import {vit} from "../../../src/components/models/vit.js";
import {adamw} from "../../../src/components/optimizers/adamw.js";
import type {Tree} from "../../../src/components/tensor/tree.js";
import {supervised, type SupervisedBatch} from "../../../src/components/train/supervised.js";
import type {Task} from "../../../src/components/train/task.js";
import {
  convnextLayers,
  efficientnetLayers,
  ladderLayers,
  resnetLayers,
  sumOf
} from "../../../src/week2/architectureCount.js";
import {stepFlops} from "../../../tools/bench/resnetFlops.js";

const count = 3;
const classes = 7;

function recorded<P extends Tree, S extends Tree>(encoder: Encoder<P, S>, size: number) {
  const normalise = {mean: [0, 0, 0], deviation: [1, 1, 1]};
  const task = supervised({model: classifier(encoder, classes), classes, optimizer: adamw(), normalise});
  const state = task.init(rng(1));
  const batch: SupervisedBatch = {
    images: {data: new Float32Array(count * size * size * 3), shape: [count, size, size, 3]},
    labels: {data: new Int32Array(count), shape: [count]},
    mask: {data: new Float32Array(count), shape: [count]}
  };
  const any = task as unknown as Task;
  return [recordStep, recordEvaluate, recordPredict].map((record) => record(any, state, batch, "standard").flops);
}

beforeAll(async () => {
  await tf.setBackend("cpu");
});

test.each([
  {depth: 10, width: 4, size: 16},
  {depth: 18, width: 8, size: 32}
])("a residual network's step has the operations of its convolutions and head: %o", ({depth, width, size}) => {
  const [step, evaluate, predict] = recorded(resnet({depth, width}), size);
  expect(step).toBe(count * stepFlops({depth, width, size, classes}));
  const stem = 2 * count * size ** 2 * 9 * 3 * width; // the one layer without a gradient for its input
  expect([evaluate, predict]).toEqual([(step + stem) / 3, (step + stem) / 3]);
});

test("what the page counts layer by layer is what a pass of each network takes", () => {
  const forward = (encoder: Encoder<Tree, Tree>, size: number) => recorded(encoder, size)[1] / 2 / count;
  const plan = scaled(b0Small, {width: 0.25, depth: 0.5});
  const net = {depths: [1, 2], dims: [8, 12], patch: 2, kernel: 5};
  const every = Object.fromEntries(rungs.map((rung) => [rung, true]));
  const sums = [
    [forward(efficientnet(plan) as never, 32), efficientnetLayers(plan, {side: 32, classes})],
    [forward(convnext(net) as never, 16), convnextLayers(net, {side: 16, classes})],
    [forward(resnet({depth: 10, width: 4}) as never, 32), resnetLayers(10, 4, {classes})],
    [forward(ladder(4, {}), 32), ladderLayers(4, {}, {classes})],
    [
      forward(ladder(4, {depthwise: true, kernel: true}), 32),
      ladderLayers(4, {depthwise: true, kernel: true}, {classes})
    ],
    [forward(ladder(4, every), 32), ladderLayers(4, every, {classes})]
  ] as const;
  for (const [measured, layers] of sums) expect(measured).toBe(sumOf([...layers], "macs"));
});

test("a vision transformer's step has the operations of its five products a block", () => {
  const {patch, width, depth, heads, mlp} = {patch: 4, width: 12, depth: 2, heads: 3, mlp: 20};
  const [patches, tokens] = [4, 5];
  const embedding = patches * patch ** 2 * 3 * width;
  const projections = tokens * (3 * width * width + width * width + 2 * width * mlp);
  const attention = 2 * tokens ** 2 * width; // Q Kᵀ and P V, all heads together
  const rest = depth * (projections + attention) + width * classes;
  const [step, evaluate] = recorded(vit({image: 8, patch, width, depth, heads, mlp}), 8);
  expect(evaluate).toBe(2 * count * (embedding + rest));
  expect(step).toBe(2 * count * (2 * embedding + 3 * rest));
});

test("a depthwise convolution has one product for each tap, a product in batches K for each element", () => {
  const form = (...shape: number[]) => ({shape, dtype: "float32" as const});
  const f = (x: tf.Tensor, filter: tf.Tensor) =>
    tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, "valid");
  const depthwise = ({x, filter}: Tensors) => ({y: f(x, filter)});
  const both = ({x, filter}: Tensors) => {
    const [dx, dw] = tf.grads(f)([x, filter]);
    return {dx, dw};
  };
  const forms = {x: form(2, 9, 7, 5), filter: form(3, 3, 5, 2)};
  expect(trace(depthwise, forms).flops).toBe(2 * (2 * 4 * 3) * 9 * 5 * 2);
  expect(trace(both, forms).flops).toBe(3 * 2 * (2 * 4 * 3) * 9 * 5 * 2);
  const products = ({a, b}: Tensors) => ({y: tf.matMul(a, b), z: tf.matMul(b, a, true, true), w: tf.add(a, 1)});
  expect(trace(products, {a: form(6, 3, 4), b: form(6, 4, 5)}).flops).toBe(2 * 2 * 6 * 3 * 4 * 5);
});
