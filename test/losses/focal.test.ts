import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {crossEntropy} from "../../src/components/losses/crossEntropy.js";
import {focal, focals} from "../../src/components/losses/focal.js";
import {expectClose, expectGradient, expectGradient64, seeded, value, values} from "../gradients.js";

/** Logits of two classes of which the second has probability p. */
const logitsOf = (...p: number[]) => tf.tensor2d(p.map((each) => [0, Math.log(each / (1 - each))]));
const ones = (n: number) => tf.ones([n], "int32") as tf.Tensor1D;

test("at γ = 2 a record of p = 0.5 counts a quarter of its cross-entropy, of p = 0.9 a hundredth", () => {
  expectClose(focals(logitsOf(0.5, 0.9), ones(2)), [0.173287, 0.00105361], 1e-6);
});

test("γ = 0 is cross-entropy, value and gradient, however sure the network is", () => {
  const logits = tf.tensor2d([[3, -1, 0.5], [60, 0, 0], [0, 0, 80], [0, 0, 0]]); // prettier-ignore
  const labels = tf.tensor1d([0, 0, 1, 2], "int32");
  expect(value(focal(logits, labels, {gamma: 0}))).toBeCloseTo(value(crossEntropy(logits, labels)), 5);
  const gradient = (loss: (z: tf.Tensor) => tf.Scalar) => tf.grad(loss)(logits);
  expectClose(
    gradient((z) => focal(z, labels, {gamma: 0})),
    gradient((z) => crossEntropy(z, labels)),
    1e-6
  );
});

test("loss and gradient are finite for logits of ±100, right and wrong, for every γ", () => {
  for (const gamma of [0, 0.5, 1, 2, 5]) {
    const logits = tf.tensor2d([[100, -100], [-100, 100]]); // prettier-ignore
    const labels = tf.tensor1d([0, 0], "int32");
    expectClose(focals(logits, labels, {gamma}), [0, 200], 1e-4);
    for (const g of values(tf.grad((z: tf.Tensor) => focal(z, labels, {gamma}))(logits)))
      expect(Number.isFinite(g)).toBe(true);
  }
});

test("a class's weight multiplies its records' losses", () => {
  const [logits, labels] = [seeded(1).normal([6, 3]), seeded(2).labels(6, 3)];
  const [plain, weighted] = [focals(logits, labels), focals(logits, labels, {weights: [1, 10, 0.5]})].map(values);
  values(labels).forEach((k, i) => expect(weighted[i]).toBeCloseTo([1, 10, 0.5][k] * plain[i], 5));
});

test("focal has the gradient its formula implies", () => {
  const labels = tf.tensor1d([0, 2, 1], "int32");
  expectGradient((z) => focal(z, labels, {gamma: 2, weights: [1, 2, 3]}), [3, 3]);
  const slope = (p: number, gamma: number) => (1 - p) ** gamma * ((gamma * Math.log(p)) / (1 - p) - 1 / p);
  for (const gamma of [0, 0.5, 2])
    expectGradient64(([p]) => -((1 - p) ** gamma) * Math.log(p), ([p]) => [slope(p, gamma)], [0.3]); // prettier-ignore
});

test("focal names what does not fit", () => {
  const [logits, labels] = [tf.zeros([2, 3]), tf.zeros([2], "int32")];
  expect(() => focal(logits, labels, {gamma: -1})).toThrow("focal: expected gamma ≥ 0, got -1");
  expect(() => focal(logits, labels, {weights: [1]})).toThrow("focal: expected 3 weights, got 1");
  expect(() => focal(logits, tf.zeros([3], "int32"))).toThrow("focal: expected labels (B) with B = 2");
});
