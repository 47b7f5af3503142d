import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {kl} from "../../src/components/losses/kl.js";
import {softmaxCrossEntropy} from "../../src/components/ops/softmaxCrossEntropy.js";
import {expectClose, expectGradient, seeded, value, values} from "../gradients.js";

const distributions = (seed: number, shape: number[]) => tf.softmax(seeded(seed).normal(shape));

test("kl is 0 where the softmax says what the targets say, and above 0 elsewhere", () => {
  const logits = seeded(1).normal([4, 6]);
  expect(value(kl(logits, tf.softmax(logits)))).toBeCloseTo(0, 6);
  expect(value(kl(tf.add(logits, 7), tf.softmax(logits)))).toBeCloseTo(0, 5);
  for (const seed of [2, 3, 4]) expect(value(kl(logits, distributions(seed, [4, 6])))).toBeGreaterThan(0.01);
});

test("kl of (½, ¼, ¼) from the uniform is ln 3 − 1.5 ln 2; of a certain class it is the cross-entropy", () => {
  expect(value(kl(tf.zeros([1, 3]), tf.tensor2d([[0.5, 0.25, 0.25]])))).toBeCloseTo(Math.log(3) - 1.5 * Math.LN2, 6);
  const [logits, onehot] = [tf.tensor2d([[1, 2, 3]]), tf.tensor2d([[0, 0, 1]])];
  expect(value(kl(logits, onehot))).toBeCloseTo(0.407606, 6);
});

test("cross-entropy − kl is the entropy of the targets, whatever the logits", () => {
  const targets = distributions(5, [3, 4]);
  const entropy = -values(targets).reduce((sum, t) => sum + t * Math.log(t), 0) / 3;
  for (const seed of [6, 7]) {
    const logits = seeded(seed).normal([3, 4], 0, 5);
    const crossEntropy = value(tf.mean(softmaxCrossEntropy(logits, targets)));
    expect(crossEntropy - value(kl(logits, targets))).toBeCloseTo(entropy, 5);
  }
});

test("the gradient is (p − t) / B", () => {
  const [logits, targets] = [seeded(8).normal([3, 4]), distributions(9, [3, 4])];
  const expected = tf.div(tf.sub(tf.softmax(logits), targets), 3);
  expectClose(tf.grad((z: tf.Tensor) => kl(z, targets))(logits), expected, 1e-6);
  expectGradient((z) => kl(z, targets), [3, 4]);
});

test("kl refuses other shapes", () => {
  expect(() => kl(tf.zeros([2, 3]), tf.zeros([2, 4]))).toThrow(
    "kl: expected targets (B, K) with B = 2, K = 3, got (2, 4)"
  );
});
