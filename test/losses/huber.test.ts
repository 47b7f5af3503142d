import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {huber} from "../../src/components/losses/huber.js";
import {mae} from "../../src/components/losses/mae.js";
import {mse} from "../../src/components/losses/mse.js";
import {expectClose, expectGradient, seeded, value} from "../gradients.js";

test("huber of residuals 0, ½, 1, −3 at δ = 1 is the mean of 0, ⅛, ½, 2½", () => {
  expect(value(huber(tf.tensor1d([0, 0.5, 1, -3]), tf.zeros([4])))).toBeCloseTo((0.125 + 0.5 + 2.5) / 4, 6);
});

test("an outlier pulls with δ at most: the slope is clip(r, −δ, δ) / n", () => {
  const gradient = tf.grad((y: tf.Tensor) => huber(y, tf.zeros([4]), {delta: 2}))(tf.tensor1d([0, 1, 50, -1000]));
  expectClose(gradient, [0, 0.25, 0.5, -0.5], 1e-6);
});

test("huber is half of mse for a large δ, δ times mae for a small one", () => {
  const [y, t] = [seeded(1).normal([20]), seeded(2).normal([20])];
  expect(value(huber(y, t, {delta: 100}))).toBeCloseTo(value(mse(y, t)) / 2, 5);
  expect(value(huber(y, t, {delta: 1e-4})) / 1e-4).toBeCloseTo(value(mae(y, t)), 3);
});

test("huber has the gradient its formula implies, and names what does not fit", () => {
  const t = seeded(3).normal([3, 4]);
  expectGradient((y) => huber(y, t, {delta: 0.7}), [3, 4]);
  expect(() => huber(t, t, {delta: 0})).toThrow("huber: expected delta > 0, got 0");
  expect(() => huber(t, tf.zeros([4]))).toThrow("huber: expected targets (3, 4) as predictions, got (4)");
});
