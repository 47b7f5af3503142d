import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {rmsNorm} from "../../src/components/layers/rmsNorm.js";
import {expectClose, expectGradient, seeded} from "../gradients.js";

const layer = rmsNorm(5);
const params = {weight: seeded(1).normal([5])};
const x = seeded(2).normal([3, 2, 5], 1, 2);

test("every row comes out with mean square 1", () => {
  expectClose(tf.mean(tf.square(layer.apply(layer.init(), x)), -1), tf.ones([3, 2]), 1e-5);
});

test("rmsNorm of (3, 4) is (3, 4) / √12.5, times γ", () => {
  const y = rmsNorm(2).apply({weight: tf.tensor1d([1, 2])}, tf.tensor1d([3, 4]));
  expectClose(y, [3 / Math.sqrt(12.5), 8 / Math.sqrt(12.5)], 1e-6);
});

test("rmsNorm ignores the scale of a row, but not a shift", () => {
  const y = layer.apply(params, x);
  expectClose(layer.apply(params, tf.mul(x, 100)), y, 1e-4);
  expect(() => expectClose(layer.apply(params, tf.add(x, 1)), y, 1e-1)).toThrow("expected element");
});

test("rmsNorm has the gradients of its formula", () => {
  const c = seeded(3).normal(x.shape);
  const loss = (y: tf.Tensor) => tf.mean(tf.mul(c, tf.tanh(y)));
  expectGradient((x) => loss(layer.apply(params, x)), x.shape);
  expectGradient((weight) => loss(layer.apply({weight}, x)), [5]);
});

test("rmsNorm names a wrong width", () => {
  expect(() => layer.apply(params, tf.zeros([2, 4]))).toThrow("rmsNorm: expected x (…, 5), got (2, 4)");
});
