import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {batchNorm, type NormParams} from "../../src/components/layers/batchNorm.js";
import {conv} from "../../src/components/layers/conv.js";
import {expectClose, expectGradient, seeded, value, values} from "../gradients.js";

const layer = batchNorm(3);
const params: NormParams = {weight: tf.tensor1d([1, -2, 0.5]), bias: tf.tensor1d([0, 1, -1])};
const {stats} = layer.init();
const x = seeded(1).normal([4, 3, 2, 3], 5, 3);
const training = true;

test("in training each channel comes out with mean β and variance γ²", () => {
  const [y] = layer.apply(params, stats, x, {training});
  const {mean, variance} = tf.moments(y, [0, 1, 2]);
  expectClose(mean, params.bias);
  expectClose(variance, tf.square(params.weight), 1e-4);
});

test("the running statistics move by momentum towards the batch's mean and unbiased variance", () => {
  const [, moved] = batchNorm(1, {momentum: 0.25}).apply(
    {weight: tf.ones([1]), bias: tf.zeros([1])},
    {running_mean: tf.tensor1d([4]), running_var: tf.tensor1d([8])},
    tf.tensor2d([2, 4, 4, 4, 5, 5, 7, 9], [8, 1]), // mean 5, variance 4, unbiased 32/7
    {training}
  );
  expect(value(moved.running_mean)).toBeCloseTo(0.75 * 4 + 0.25 * 5, 6);
  expect(value(moved.running_var)).toBeCloseTo(0.75 * 8 + (0.25 * 32) / 7, 6);
});

test("evaluation uses the running statistics, keeps them, and treats each record alone", () => {
  const running = {running_mean: tf.tensor1d([1, 2, 3]), running_var: tf.tensor1d([4, 1, 0.25])};
  const [y, same] = layer.apply(params, running, x);
  expect(same).toBe(running);
  const deviation = tf.sqrt(tf.add(running.running_var, 1e-5));
  expectClose(y, tf.add(tf.mul(tf.div(tf.sub(x, running.running_mean), deviation), params.weight), params.bias), 1e-4);
  const [first] = layer.apply(params, running, tf.slice(x, [0, 0, 0, 0], [1, 3, 2, 3]));
  expectClose(first, tf.slice(y, [0, 0, 0, 0], [1, 3, 2, 3]), 1e-6);
});

test("training and evaluation agree once the running statistics are the batch's, but for ε and the unbiased factor", () => {
  const eager = batchNorm(3, {momentum: 1});
  const [y, moved] = eager.apply(params, stats, x, {training});
  const [evaluated] = eager.apply(params, moved, x);
  const factor = Math.sqrt(24 / 23); // the running variance is n/(n − 1) times the biased one
  expectClose(tf.mul(tf.sub(evaluated, params.bias), factor), tf.sub(y, params.bias), 1e-4);
});

test("training ignores scale and shift of x", () => {
  const [y] = layer.apply(params, stats, x, {training});
  expectClose(layer.apply(params, stats, tf.add(tf.mul(x, 7), 3), {training})[0], y, 1e-4);
});

test("batchNorm has the gradients of its formula", () => {
  const c = seeded(2).normal(x.shape);
  const loss = (y: tf.Tensor) => tf.mean(tf.mul(c, tf.tanh(y)));
  const run = (p: typeof params, x: tf.Tensor) => loss(layer.apply(p, stats, x, {training})[0]);
  expectGradient((x) => run(params, x), x.shape);
  expectGradient((weight) => run({...params, weight}, x), [3], {at: params.weight});
  expectGradient((bias) => run({...params, bias}, x), [3]);
  expectGradient((x) => loss(layer.apply(params, stats, x)[0]), x.shape);
});

test("a filter before the norm is scale invariant, so w · ∇L = 0", () => {
  const filter = conv(2, 3);
  const image = seeded(3).normal([2, 4, 4, 2]);
  const c = seeded(4).normal([2, 4, 4, 3]);
  const loss = (weight: tf.Tensor) =>
    tf.sum(tf.mul(c, layer.apply(params, stats, filter.apply({weight}, image), {training})[0])).asScalar();
  const w = seeded(5).normal([3, 3, 2, 3]);
  expect(value(loss(tf.mul(w, 3))) / value(loss(w))).toBeCloseTo(1, 4);
  const gradient = tf.grad(loss)(w);
  const cosine = value(tf.div(tf.sum(tf.mul(w, gradient)), tf.mul(tf.norm(w), tf.norm(gradient))));
  expect(value(tf.norm(gradient))).toBeGreaterThan(1);
  expect(Math.abs(cosine)).toBeLessThan(1e-4);
});

test("batchNorm names a wrong width, and one value per channel in training", () => {
  expect(() => layer.apply(params, stats, tf.zeros([2, 4]))).toThrow("batchNorm: expected x (…, 3), got (2, 4)");
  expect(() => layer.apply(params, stats, tf.zeros([1, 3]), {training})).toThrow(
    "batchNorm: expected at least 2 values per channel, got 1"
  );
  expect(values(layer.apply(params, stats, tf.zeros([1, 3]))[0])).toEqual(values(params.bias));
});
