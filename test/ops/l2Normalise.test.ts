import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {l2Normalise} from "../../src/components/ops/l2Normalise.js";
import {expectClose, expectGradient, seeded, values} from "../gradients.js";

test("rows keep their direction and get length 1", () => {
  expectClose(l2Normalise(tf.tensor2d([[3, 4], [-0.5, 0]])), [0.6, 0.8, -1, 0], 1e-6); // prettier-ignore
});

test("the gradient is that of the formula, and has no part along x", () => {
  const [x, g] = [seeded(1).normal([3, 5]), seeded(2).normal([3, 5])];
  const f = (x: tf.Tensor) => tf.sum(tf.mul(l2Normalise(x), g));
  expectGradient(f, [3, 5]);
  expectClose(tf.sum(tf.mul(tf.grad(f)(x), x), 1), [0, 0, 0], 1e-5);
});

test("a row of zeros stays, with a finite gradient", () => {
  const zeros = tf.zeros([1, 3]);
  expectClose(l2Normalise(zeros), [0, 0, 0], 0);
  expect(values(tf.grad((x) => tf.sum(l2Normalise(x)))(zeros)).every(Number.isFinite)).toBe(true);
});
