import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {embedding} from "../../src/components/layers/embedding.js";
import {rng} from "../../src/components/math/random.js";
import {expectClose, expectGradient, seeded, value} from "../gradients.js";

const layer = embedding(5, 3);
const ids = tf.tensor2d([[1, 4], [1, 0]], [2, 2], "int32"); // prettier-ignore

test("an embedding is a linear map of one-hot vectors", () => {
  const weight = seeded(1).normal([5, 3]);
  const hot = tf.cast(tf.oneHot(tf.reshape(ids, [4]), 5), "float32");
  expectClose(layer.apply({weight}, ids), tf.reshape(tf.matMul(hot as tf.Tensor2D, weight as tf.Tensor2D), [2, 2, 3]));
});

test("rows begin with deviation 0.02, and take the gradient of every place that used them", () => {
  expect(value(tf.sqrt(tf.mean(tf.square(embedding(200, 50).init(rng(2)).weight))))).toBeCloseTo(0.02, 3);
  const c = seeded(3).normal([2, 2, 3]);
  expectGradient((weight) => tf.sum(tf.mul(c, tf.square(layer.apply({weight}, ids)))), [5, 3]);
});

test("numbers that are no integers are named", () => {
  expect(() => layer.apply(layer.init(rng(1)), tf.zeros([2, 2]))).toThrow("gather: expected int32 ids, got float32");
});
