import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {expectGradient, expectGradient64} from "./gradients.js";

test("expectGradient accepts a right gradient", () => expectGradient((x) => tf.sum(tf.tanh(x)), [3, 4]));

test("expectGradient refuses a gradient of the wrong size, a missing one, and a wrong direction", () => {
  const wrong = (factor: (x: tf.Tensor) => tf.Tensor) =>
    tf.customGrad((x) => ({
      value: tf.tanh(x as tf.Tensor).sum(),
      gradFunc: (dy: tf.Tensor) => {
        const slope = tf.sub(1, tf.square(tf.tanh(x as tf.Tensor)));
        return tf.mul(dy, tf.mul(slope, factor(x as tf.Tensor)));
      }
    }));
  expect(() =>
    expectGradient(
      wrong(() => tf.scalar(1)),
      [3, 4]
    )
  ).not.toThrow();
  expect(() =>
    expectGradient(
      wrong(() => tf.scalar(1.02)),
      [3, 4]
    )
  ).toThrow("expected the slope");
  expect(() =>
    expectGradient(
      wrong(() => tf.scalar(0)),
      [3, 4]
    )
  ).toThrow("expected a gradient to check");
  expect(() =>
    expectGradient(
      wrong((x) => tf.sign(x)),
      [3, 4]
    )
  ).toThrow("expected the slope");
});

test("expectGradient64 tells a relative error of 1e-6", () => {
  const f = (x: number[]) => x.reduce((sum, xi) => sum + Math.tanh(xi), 0);
  const slope = (x: number[]) => x.map((xi) => 1 - Math.tanh(xi) ** 2);
  expectGradient64(f, slope, [0.3, -1, 0]);
  expect(() => expectGradient64(f, (x) => slope(x).map((g) => g * 1.000001), [0.3, -1, 0])).toThrow("along axis");
});
