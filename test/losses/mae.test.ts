import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {mae} from "../../src/components/losses/mae.js";
import {expectClose, expectGradient, seeded, value} from "../gradients.js";

test("mae of (1, 2, 3.5) against (0, 4, 3) is 3.5/3, its gradient sign(y − t) / n", () => {
  const [y, t] = [tf.tensor1d([1, 2, 3.5]), tf.tensor1d([0, 4, 3])];
  expect(value(mae(y, t))).toBeCloseTo(3.5 / 3, 6);
  expectClose(tf.grad((y: tf.Tensor) => mae(y, t))(y), [1 / 3, -1 / 3, 1 / 3], 1e-6);
});

test("the constant of least absolute error is the median, which an outlier does not move", () => {
  for (const outlier of [9, 1000]) {
    const t = tf.tensor1d([1, 2, 4, 7, outlier]);
    const loss = (c: number) => value(mae(tf.fill([5], c), t));
    for (const c of [3.9, 4.1, 5, 2]) expect(loss(c)).toBeGreaterThan(loss(4));
  }
});

test("mae is symmetric, of degree 1, and 0 only for equal arguments", () => {
  const [y, t] = [seeded(1).normal([3, 4]), seeded(2).normal([3, 4])];
  expect(value(mae(y, t))).toBeCloseTo(value(mae(t, y)), 6);
  expect(value(mae(tf.mul(y, 3), tf.mul(t, 3)))).toBeCloseTo(3 * value(mae(y, t)), 5);
  expect(value(mae(y, y))).toBe(0);
});

test("mae has the gradient its formula implies, away from its kink", () => {
  const y = seeded(3).normal([3, 4]);
  const t = tf.add(y, tf.mul(tf.sign(seeded(4).normal([3, 4])), 1)); // |y − t| = 1 everywhere
  expectGradient((y) => mae(y, t), [3, 4], {at: y});
});

test("mae names shapes that differ", () => {
  expect(() => mae(tf.zeros([4]), tf.zeros([5]))).toThrow("mae: expected targets (4) as predictions, got (5)");
});
