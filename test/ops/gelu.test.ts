import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {gelu} from "../../src/components/ops/gelu.js";
import {expectClose, expectGradient, seeded, value, values} from "../gradients.js";
import {onBackends} from "./onBackends.js";

/** Φ by Simpson's rule on its density, in float64. */
function cumulative(x: number): number {
  const n = 2000;
  const density = (t: number) => Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI);
  let sum = density(0) + density(x);
  for (let i = 1; i < n; ++i) sum += (i % 2 ? 4 : 2) * density((i * x) / n);
  return 0.5 + (sum * x) / n / 3;
}

onBackends(() => {
  test("gelu(x) is x Φ(x): the exact one, which its tanh approximation misses by up to 5e-4", () => {
    const x = Array.from({length: 41}, (_, i) => (i - 20) / 5);
    const y = values(gelu(tf.tensor1d(x)));
    x.forEach((xi, i) => expect(Math.abs(y[i] - xi * cumulative(xi))).toBeLessThan(1e-6));
    const tanh = (x: number) => (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
    expect(Math.max(...x.map((xi, i) => Math.abs(y[i] - tanh(xi))))).toBeGreaterThan(4e-4);
  });

  test("the least value is −0.1699712, at −0.7517914, where the slope is 0; the slope at 1 is 1.0833155", () => {
    expect(value(gelu(tf.scalar(-0.7517914)))).toBeCloseTo(-0.1699712, 6);
    const slope = tf.grad((x: tf.Tensor) => gelu(x));
    expectClose(slope(tf.tensor1d([-0.7517914, 0, 1])), [0, 0.5, 1.0833155], 1e-6);
  });

  test("gelu(x) − gelu(−x) is x, and far out it is 0 or x, with slopes 0 and 1", () => {
    const x = seeded(1).normal([50], 0, 3);
    expectClose(tf.sub(gelu(x), gelu(tf.neg(x))), x, 2e-6);
    const far = tf.tensor1d([-100, -20, 20, 100]);
    expectClose(gelu(far), [0, 0, 20, 100], 1e-5);
    expectClose(tf.grad((x: tf.Tensor) => gelu(x))(far), [0, 0, 1, 1], 1e-6);
  });

  test("gelu has the gradient of its formula, and leaves no tensor", () => {
    const c = seeded(2).normal([3, 4]);
    expectGradient((x) => tf.sum(tf.mul(gelu(x), c)), [3, 4]);
    const x = seeded(3).normal([3, 4]);
    const before = tf.memory().numTensors;
    tf.dispose(tf.grad((x: tf.Tensor) => gelu(x))(x));
    expect(tf.memory().numTensors).toBe(before);
  });
});
