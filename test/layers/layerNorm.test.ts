import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {layerNorm} from "../../src/components/layers/layerNorm.js";
import {expectClose, expectGradient, seeded} from "../gradients.js";

const layer = layerNorm(6);
const params = {weight: seeded(1).normal([6]), bias: seeded(2).normal([6])};
const x = seeded(3).normal([2, 4, 6], 3, 5);

test("every row comes out with mean 0 and variance 1", () => {
  const {mean, variance} = tf.moments(layer.apply(layer.init(), x), -1);
  expectClose(mean, tf.zeros([2, 4]), 1e-6);
  expectClose(variance, tf.ones([2, 4]), 1e-4);
});

test("layerNorm of (1, 2, 3, 4) is (−3, −1, 1, 3) / √5, scaled and shifted", () => {
  const y = layerNorm(4, {epsilon: 1e-12}).apply(
    {weight: tf.tensor1d([1, 1, 2, 2]), bias: tf.tensor1d([0, 1, 0, 1])},
    tf.tensor1d([1, 2, 3, 4])
  );
  const r = 1 / Math.sqrt(5);
  expectClose(y, [-3 * r, 1 - r, 2 * r, 1 + 6 * r], 1e-6);
});

test("layerNorm ignores scale and shift of a row", () => {
  expectClose(layer.apply(params, tf.add(tf.mul(x, 3), 10)), layer.apply(params, x), 1e-4);
});

test("layerNorm has the gradients of its formula", () => {
  const c = seeded(4).normal(x.shape);
  const loss = (y: tf.Tensor) => tf.mean(tf.mul(c, tf.tanh(y)));
  expectGradient((x) => loss(layer.apply(params, x)), x.shape);
  expectGradient((weight) => loss(layer.apply({...params, weight}, x)), [6]);
  expectGradient((bias) => loss(layer.apply({...params, bias}, x)), [6]);
});

test("layerNorm names a wrong width", () => {
  expect(() => layer.apply(params, tf.zeros([2, 5]))).toThrow("layerNorm: expected x (…, 6), got (2, 5)");
});
