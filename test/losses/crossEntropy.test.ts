import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {crossEntropy} from "../../src/components/losses/crossEntropy.js";
import {expectClose, expectGradient, expectGradient64, seeded, value, values} from "../gradients.js";

const labels = (...y: number[]) => tf.tensor1d(y, "int32");

/** The equation in float64, for one row after another of K logits. */
function formula(z: number[], y: number[], classes: number, smoothing: number): number {
  let total = 0;
  y.forEach((label, i) => {
    const row = z.slice(i * classes, (i + 1) * classes);
    const logSum = Math.log(row.reduce((sum, zk) => sum + Math.exp(zk), 0));
    row.forEach((zk, k) => {
      const target = (k === label ? 1 - smoothing : 0) + smoothing / classes;
      total -= target * (zk - logSum);
    });
  });
  return total / y.length;
}

/** ∂ℓ/∂z = (softmax(z) − t) / B in float64. */
function slope(z: number[], y: number[], classes: number, smoothing: number): number[] {
  return y.flatMap((label, i) => {
    const row = z.slice(i * classes, (i + 1) * classes).map(Math.exp);
    const sum = row.reduce((a, b) => a + b);
    return row.map((e, k) => (e / sum - (k === label ? 1 - smoothing : 0) - smoothing / classes) / y.length);
  });
}

test("crossEntropy of (1, 2, 3) with the third class is 0.407606, its gradient p − y", () => {
  const z = tf.tensor2d([1, 2, 3], [1, 3]);
  expect(value(crossEntropy(z, labels(2)))).toBeCloseTo(0.407606, 6);
  const gradient = tf.grad((z: tf.Tensor) => crossEntropy(z, labels(2)))(z);
  expectClose(gradient, tf.tensor2d([0.0900306, 0.2447285, 0.665241 - 1], [1, 3]), 1e-6);
});

test("equal logits cost log K, whatever the label and the smoothing", () => {
  const z = tf.fill([4, 10], 3);
  for (const smoothing of [0, 0.1])
    expect(value(crossEntropy(z, labels(0, 3, 9, 3), {smoothing}))).toBeCloseTo(Math.log(10), 6);
});

test("smoothing 0.1 over 10 classes costs at least 0.500288, reached at a logit gap of 4.510860", () => {
  const loss = (gap: number) =>
    value(crossEntropy(tf.tensor2d([gap, ...new Array(9).fill(0)], [1, 10]), labels(0), {smoothing: 0.1}));
  expect(loss(4.51086)).toBeCloseTo(0.500288, 6);
  for (const gap of [4.3, 4.7, 9]) expect(loss(gap)).toBeGreaterThan(0.5004);
});

test("smoothing mixes the label with the uniform distribution: (1 − ε) CE(y) + ε CE(uniform)", () => {
  const z = seeded(1).normal([3, 5], 0, 2);
  const y = labels(4, 0, 2);
  const uniform = [0, 1, 2, 3, 4].map((k) => value(crossEntropy(z, labels(k, k, k)))).reduce((a, b) => a + b) / 5;
  expect(value(crossEntropy(z, y, {smoothing: 0.3}))).toBeCloseTo(0.7 * value(crossEntropy(z, y)) + 0.3 * uniform, 5);
});

test("crossEntropy is its equation as loops, does not see a shift of a row, and stays finite at ±1000", () => {
  const z = seeded(2).normal([6, 4], 0, 3);
  const y = [0, 1, 2, 3, 0, 1];
  for (const smoothing of [0, 0.2]) {
    const loss = value(crossEntropy(z, labels(...y), {smoothing}));
    expect(loss).toBeCloseTo(formula(values(z), y, 4, smoothing), 5);
    expect(value(crossEntropy(tf.add(z, 50), labels(...y), {smoothing}))).toBeCloseTo(loss, 4);
  }
  expect(value(crossEntropy(tf.tensor2d([1000, -1000], [1, 2]), labels(1)))).toBeCloseTo(2000, 3);
  expect(value(crossEntropy(tf.tensor2d([1000, -1000], [1, 2]), labels(0)))).toBe(0);
});

test("crossEntropy has the gradient its formula implies", () => {
  const y = [3, 0, 1];
  expectGradient((z) => crossEntropy(z, labels(...y), {smoothing: 0.1}), [3, 4]);
  const z = values(seeded(3).normal([3, 4]));
  expectGradient64(
    (z) => formula(z, y, 4, 0.1),
    (z) => slope(z, y, 4, 0.1),
    z
  );
  const gradient = tf.grad((z: tf.Tensor) => crossEntropy(z, labels(...y), {smoothing: 0.1}))(tf.tensor2d(z, [3, 4]));
  expectClose(gradient, slope(z, y, 4, 0.1), 1e-6);
});

test("crossEntropy names shapes that differ and a smoothing outside [0, 1)", () => {
  expect(() => crossEntropy(tf.zeros([3, 4]), labels(0, 1))).toThrow(
    "crossEntropy: expected labels (B) with B = 3, got (2)"
  );
  expect(() => crossEntropy(tf.zeros([1, 4]), labels(0), {smoothing: 1})).toThrow(
    "crossEntropy: expected smoothing in [0, 1), got 1"
  );
});
