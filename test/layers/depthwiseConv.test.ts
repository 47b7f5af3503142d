import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {depthwiseConv} from "../../src/components/layers/depthwiseConv.js";
import {rng} from "../../src/components/math/random.js";
import {expectClose, expectGradient, seeded, value} from "../gradients.js";

test("channels do not meet: a change of one channel changes that channel alone", () => {
  const layer = depthwiseConv(3);
  const params = layer.init(rng(1));
  const x = seeded(2).normal([1, 5, 5, 3]);
  const moved = tf.sub(layer.apply(params, tf.add(x, tf.tensor1d([0, 1, 0]))), layer.apply(params, x));
  const sizes = Array.from(tf.sum(tf.abs(moved), [0, 1, 2]).dataSync());
  expect(sizes[0]).toBeLessThan(1e-4);
  expect(sizes[1]).toBeGreaterThan(1);
  expect(sizes[2]).toBeLessThan(1e-4);
});

test("a filter that is 1 in its middle and 0 elsewhere is the identity, and a bias is added to every place", () => {
  const layer = depthwiseConv(2, {kernel: 5, bias: true});
  const weight = tf.buffer([5, 5, 1, 2]);
  for (const c of [0, 1]) weight.set(1, 2, 2, 0, c);
  const x = seeded(1).normal([2, 4, 6, 2]);
  expectClose(layer.apply({weight: weight.toTensor(), bias: tf.tensor1d([1, 2])}, x), tf.add(x, tf.tensor1d([1, 2])));
});

test("a stride keeps every s-th place of the same layer without one", () => {
  const [every, second] = [depthwiseConv(2), depthwiseConv(2, {stride: 2})];
  const params = every.init(rng(3));
  const x = seeded(4).normal([1, 7, 8, 2]);
  const kept = tf.stridedSlice(every.apply(params, x), [0, 0, 0, 0], [1, 7, 8, 2], [1, 2, 2, 1]);
  expectClose(second.apply(params, x), kept);
});

test("the first weights have variance 2 / k²: one output sums over k² inputs", () => {
  const {weight} = depthwiseConv(400, {kernel: 3}).init(rng(5));
  expect(value(tf.mean(tf.square(weight))) / (2 / 9)).toBeCloseTo(1, 1);
});

test("it has the gradients of its sum, for the image, the filters and the bias", () => {
  const layer = depthwiseConv(3, {stride: 2, bias: true});
  const [x, weight, bias] = [seeded(1).normal([2, 4, 5, 3]), seeded(2).normal([3, 3, 1, 3]), seeded(3).normal([3])];
  const loss = (y: tf.Tensor) => tf.mean(tf.mul(seeded(4).normal(y.shape), tf.tanh(y)));
  expectGradient((x) => loss(layer.apply({weight, bias}, x)), [2, 4, 5, 3]);
  expectGradient((weight) => loss(layer.apply({weight, bias}, x)), [3, 3, 1, 3], {at: weight});
  expectGradient((bias) => loss(layer.apply({weight, bias}, x)), [3]);
});

test("an even kernel and an input with other channels are named", () => {
  expect(() => depthwiseConv(3, {kernel: 4})).toThrow("depthwiseConv: expected an odd kernel, got 4");
  const layer = depthwiseConv(3);
  expect(() => layer.apply(layer.init(rng(1)), tf.zeros([1, 4, 4, 2]))).toThrow("expected x (B, H, W, 3)");
});
