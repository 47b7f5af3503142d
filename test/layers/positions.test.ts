import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {learnedPositions, sinusoidalPositions} from "../../src/components/layers/positions.js";
import {rng} from "../../src/components/math/random.js";
import {expectClose, expectGradient, seeded, value} from "../gradients.js";

const x = seeded(1).normal([2, 3, 4]);

test("both tell equal tokens at different places apart, the same in every sequence", () => {
  const encoding = learnedPositions(3, 4).init(rng(1));
  for (const y of [
    learnedPositions(3, 4).apply(encoding, tf.zeros([2, 3, 4])),
    sinusoidalPositions(4).apply(tf.zeros([2, 3, 4]))
  ]) {
    const [first, second] = tf.unstack(y);
    expectClose(first, second, 0);
    const [p0, p1] = tf.unstack(first);
    expect(value(tf.max(tf.abs(tf.sub(p0, p1))))).toBeGreaterThan(0.005);
  }
});

test("sinusoidal positions add (sin 1, cos 1, sin 0.01, cos 0.01) to the second token of width 4", () => {
  const added = tf.sub(sinusoidalPositions(4).apply(x), x);
  expectClose(tf.slice(added, [1, 1, 0], [1, 1, 4]), [0.841471, 0.540302, 0.01, 0.99995], 1e-6);
});

test("a learned row's gradient is the sum over the batch", () => {
  const layer = learnedPositions(3, 4);
  const dy = seeded(2).normal([2, 3, 4]);
  const gradient = tf.grad((encoding: tf.Tensor) => layer.apply(encoding, x))(layer.init(rng(1)), dy);
  expectClose(gradient, tf.sum(dy, 0, true), 1e-6);
  expectGradient((x) => tf.sum(tf.mul(dy, tf.square(layer.apply(layer.init(rng(1)), x)))), [2, 3, 4]);
});

test("another number of tokens than was learnt is named", () => {
  const layer = learnedPositions(3, 4);
  expect(() => layer.apply(layer.init(rng(1)), tf.zeros([2, 5, 4]))).toThrow(
    "learnedPositions: expected x (B, 3, 4), got (2, 5, 4)"
  );
});
