import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {softmaxCrossEntropy} from "../../src/components/ops/softmaxCrossEntropy.js";
import {expectClose, expectGradient, seeded, values} from "../gradients.js";
import {onBackends} from "./onBackends.js";

const distributions = (seed: number, shape: [number, number]) => tf.softmax(seeded(seed).normal(shape));

onBackends(() => {
  test("softmaxCrossEntropy is −Σ t log p, and log K for equal logits", () => {
    const [logits, targets] = [seeded(1).normal([4, 5], 0, 3), distributions(2, [4, 5])];
    const [z, t] = [values(logits), values(targets)];
    const expected = [0, 1, 2, 3].map((b) => {
      const row = z.slice(b * 5, b * 5 + 5);
      const norm = Math.log(row.reduce((sum, v) => sum + Math.exp(v), 0));
      return row.reduce((sum, v, k) => sum - t[b * 5 + k] * (v - norm), 0);
    });
    expectClose(softmaxCrossEntropy(logits, targets), expected, 1e-5);
    expectClose(softmaxCrossEntropy(tf.fill([2, 10], 3), distributions(3, [2, 10])), [Math.LN10, Math.LN10], 1e-5);
  });

  test("logits of ±10⁴ neither overflow nor lose the loss", () => {
    const logits = tf.tensor2d([[1e4, -1e4, 0], [1e4, -1e4, 0], [-1e4, -1e4, -1e4]]); // prettier-ignore
    const targets = tf.tensor2d([[1, 0, 0], [0, 1, 0], [0, 0, 1]]); // prettier-ignore
    expectClose(softmaxCrossEntropy(logits, targets), [0, 2e4, Math.log(3)], 1e-5);
    const gradient = tf.grad((z: tf.Tensor) => softmaxCrossEntropy(z, targets))(logits);
    expectClose(gradient, [0, 0, 0, 1, -1, 0, 1 / 3, 1 / 3, -2 / 3], 1e-6);
  });

  test("the gradient is p − t for a distribution, the slope for any targets, and 0 for a row of zeros", () => {
    const [logits, targets] = [seeded(1).normal([3, 4]), distributions(2, [3, 4])];
    const dy = tf.tensor1d([1, -2, 0.5]);
    const gradient = tf.grad((z: tf.Tensor) => softmaxCrossEntropy(z, targets))(logits, dy);
    expectClose(gradient, tf.mul(tf.sub(tf.softmax(logits), targets), tf.reshape(dy, [3, 1])), 1e-6);
    const any = tf.tensor2d([[0.2, 0, 0.3, 0], [2, 1, 0, 1], [0, 0, 0, 0]]); // prettier-ignore
    expectGradient((z) => tf.sum(softmaxCrossEntropy(z, any)), [3, 4]);
    const rows = values(tf.grad((z: tf.Tensor) => softmaxCrossEntropy(z, any))(logits));
    expect(rows.slice(8).every((g) => g === 0)).toBe(true);
  });

  test("targets are constants, and no tensor is left", () => {
    const [logits, targets] = [seeded(1).normal([3, 4]), distributions(2, [3, 4])];
    const before = tf.memory().numTensors;
    const [dLogits, dTargets] = tf.grads((z, t) => softmaxCrossEntropy(z, t))([logits, targets]);
    expect(values(dTargets).every((g) => g === 0)).toBe(true);
    expect(values(dLogits).some((g) => g !== 0)).toBe(true);
    tf.dispose([dLogits, dTargets]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

test("softmaxCrossEntropy names a shape that does not fit", () => {
  expect(() => softmaxCrossEntropy(tf.zeros([2, 3]), tf.zeros([2, 4]))).toThrow(
    "softmaxCrossEntropy: expected targets (B, K) with B = 2, K = 3, got (2, 4)"
  );
});
