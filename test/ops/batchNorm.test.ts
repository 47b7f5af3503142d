import * as tf from "@tensorflow/tfjs";
import {describe, expect, test} from "vitest";
import {batchNorm} from "../../src/components/ops/batchNorm.js";
import {expectClose, expectGradient, seeded, values} from "../gradients.js";
import {onBackends} from "./onBackends.js";

const epsilon = 1e-3;

onBackends(() => {
  test.each([[[8, 3]], [[2, 4, 5, 3]], [[1, 7, 1, 5]], [[64, 1]]])(
    "batchNorm of %j is the algorithm's four lines, as loops in float64",
    (shape) => {
      const channels = shape.at(-1)!;
      const [x, weight, bias] = [
        seeded(1).normal(shape, 3, 2),
        seeded(2).normal([channels]),
        seeded(3).normal([channels])
      ];
      const [y, mean, variance] = batchNorm(x, weight, bias, epsilon).map(values);
      const [from, gamma, beta] = [x, weight, bias].map(values);
      const count = from.length / channels;
      for (let c = 0; c < channels; ++c) {
        const own = from.filter((_, i) => i % channels === c);
        const mu = own.reduce((a, b) => a + b) / count;
        const spread = own.reduce((a, b) => a + (b - mu) ** 2, 0) / count;
        expect(mean[c]).toBeCloseTo(mu, 5);
        expect(variance[c]).toBeCloseTo(spread, 4);
        own.forEach((v, i) =>
          expect(y[i * channels + c]).toBeCloseTo((gamma[c] * (v - mu)) / Math.sqrt(spread + epsilon) + beta[c], 4)
        );
      }
    }
  );

  test("the gradients for x, γ and β are the slopes", () => {
    const [x, weight, bias] = [seeded(1).normal([3, 2, 2, 4], 1, 2), seeded(2).normal([4]), seeded(3).normal([4])];
    const probe = seeded(4).normal([3, 2, 2, 4]);
    const loss = (...inputs: [tf.Tensor, tf.Tensor, tf.Tensor]) =>
      tf.sum(tf.mul(batchNorm(...inputs, epsilon)[0], probe));
    expectGradient((z) => loss(z, weight, bias), [3, 2, 2, 4], {at: x});
    expectGradient((z) => loss(x, z, bias), [4], {at: weight});
    expectGradient((z) => loss(x, weight, z), [4], {at: bias});
  });

  test("∂L/∂x has no part along 1 and along x̂: y does not change when x is shifted or stretched", () => {
    const x = seeded(1).normal([50, 2], 5, 3);
    const probe = seeded(4).normal([50, 2]);
    const dx = tf.grad((z: tf.Tensor) => tf.mul(batchNorm(z, tf.ones([2]), tf.zeros([2]), 1e-12)[0], probe).sum())(x);
    expectClose(tf.sum(dx, 0), [0, 0], 1e-4);
    expectClose(tf.sum(tf.mul(dx, x), 0), [0, 0], 1e-3);
  });

  test("a mean 1,000 times the deviation costs no more than float32's own rounding of x", () => {
    const unit = seeded(1).normal([4096, 1]);
    const x = tf.add(unit, 1000);
    const [, mean, variance] = batchNorm(x, tf.ones([1]), tf.zeros([1]), epsilon);
    const own = values(x);
    const mu = own.reduce((a, b) => a + b) / 4096;
    expectClose(mean, [mu], 1e-4);
    expectClose(variance, [own.reduce((a, b) => a + (b - mu) ** 2, 0) / 4096], 1e-3);
  });

  test("no gradient comes through the statistics, and no tensor is left", () => {
    const [x, weight, bias] = [seeded(1).normal([6, 2]), tf.ones([2]), tf.zeros([2])];
    const before = tf.memory().numTensors;
    const gradients = tf.grads((a, b, c) => {
      const [y, mean, variance] = batchNorm(a, b, c, epsilon);
      return tf.add(tf.sum(tf.mul(y, 0)), tf.add(tf.sum(mean), tf.sum(variance)));
    })([x, weight, bias]);
    for (const gradient of gradients) expect(values(gradient).every((g) => g === 0)).toBe(true);
    tf.dispose(gradients);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("batchNorm names what it was given", () => {
  test.each([
    [[3], 1e-5, "batchNorm: expected weight (C) with C = 2, got (3)"],
    [[2], 0, "batchNorm: expected epsilon > 0, got 0"]
  ])("%j, ε = %d", (weight, eps, message) => {
    expect(() => batchNorm(tf.zeros([4, 2]), tf.ones(weight), tf.zeros([2]), eps)).toThrow(message);
  });
});
