import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import {basicBlock} from "../../src/components/models/basicBlock.js";
import {entries} from "../../src/components/tensor/tree.js";
import {expectClose, seeded, values} from "../gradients.js";

const x = seeded(1).normal([2, 4, 4, 3]);
const training = true;

test("with γ of its last norm at 0 a block is the ReLU of its input, and its Jacobian I where x > 0", () => {
  const block = basicBlock(3, 3, {zeroInit: true});
  const {params, stats} = block.init(rng(1));
  expectClose(block.apply(params, stats, x, {training})[0], tf.relu(x), 1e-6);
  const c = seeded(2).normal([2, 4, 4, 3]);
  const dx = tf.grad((x: tf.Tensor) => tf.sum(tf.mul(c, block.apply(params, stats, x, {training})[0])))(x);
  expectClose(dx, tf.mul(c, tf.step(x)), 1e-6); // vᵀ(I + ∂F) = vᵀ
});

test("the plain block with γ = 0 passes nothing, forwards or backwards", () => {
  const block = basicBlock(3, 3, {zeroInit: true, shortcut: false});
  const {params, stats} = block.init(rng(1));
  const dx = tf.grad((x: tf.Tensor) => tf.sum(block.apply(params, stats, x, {training})[0]))(x);
  expect([...values(block.apply(params, stats, x, {training})[0]), ...values(dx)].every((v) => v === 0)).toBe(true);
});

test("y = relu(residual + shortcut), and the plain block with the same filters is relu(residual)", () => {
  const [block, plain] = [basicBlock(3, 5, {stride: 2}), basicBlock(3, 5, {stride: 2, shortcut: false})];
  const {params, stats} = block.init(rng(3));
  const [y, , {residual, shortcut}] = block.apply(params, stats, x, {training});
  expect(y.shape).toEqual([2, 2, 2, 5]);
  expectClose(y, tf.relu(tf.add(residual, shortcut!)), 1e-6);
  expectClose(plain.apply(params, stats, x, {training})[0], tf.relu(residual), 1e-6);
});

test("the projection is there when stride or width change, and only then", () => {
  const has = (inputs: number, outputs: number, options: {stride?: number; shortcut?: boolean}) =>
    entries(basicBlock(inputs, outputs, options).init(rng(1)).params).some(([path]) => path === "downsample.0.weight");
  expect([has(3, 3, {}), has(3, 5, {}), has(3, 3, {stride: 2}), has(3, 5, {stride: 2, shortcut: false})]).toEqual([
    false,
    true,
    true,
    false
  ]);
});
