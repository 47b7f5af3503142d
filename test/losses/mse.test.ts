import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {mse} from "../../src/components/losses/mse.js";
import {expectClose, expectGradient, seeded, value} from "../gradients.js";

test("mse of (1, 2, 3) against (0, 4, 3) is 5/3, its gradient 2 (y − t) / n", () => {
  const [y, t] = [tf.tensor1d([1, 2, 3]), tf.tensor1d([0, 4, 3])];
  expect(value(mse(y, t))).toBeCloseTo(5 / 3, 6);
  expectClose(tf.grad((y: tf.Tensor) => mse(y, t))(y), [2 / 3, -4 / 3, 0], 1e-6);
});

test("the constant of least squared error is the mean: there the slope is 0 and the error the variance", () => {
  const t = tf.tensor1d([2, 4, 4, 4, 5, 5, 7, 9]);
  const constant = (c: tf.Tensor) => mse(tf.mul(c, tf.ones([8])), t);
  expect(value(constant(tf.scalar(5)))).toBeCloseTo(4, 6);
  expect(value(tf.grad(constant)(tf.scalar(5)))).toBeCloseTo(0, 6);
});

test("mse is symmetric, of degree 2, and 0 only for equal arguments", () => {
  const [y, t] = [seeded(1).normal([3, 4]), seeded(2).normal([3, 4])];
  expect(value(mse(y, t))).toBeCloseTo(value(mse(t, y)), 6);
  expect(value(mse(tf.mul(y, 3), tf.mul(t, 3)))).toBeCloseTo(9 * value(mse(y, t)), 4);
  expect(value(mse(y, y))).toBe(0);
});

test("mse has the gradient its formula implies, for both arguments", () => {
  const t = seeded(3).normal([3, 4]);
  expectGradient((y) => mse(y, t), [3, 4]);
  expectGradient((y) => mse(t, y), [3, 4]);
});

test("mse refuses shapes that would broadcast", () => {
  expect(() => mse(tf.zeros([4, 1]), tf.zeros([4]))).toThrow("mse: expected targets (4, 1) as predictions, got (4)");
});
