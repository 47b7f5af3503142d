import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {bce} from "../../src/components/losses/bce.js";
import {expectClose, expectGradient, seeded, value, values} from "../gradients.js";

test("bce is ln 2 at z = 0, whatever the target, and its slope there (½ − t) / n", () => {
  const t = tf.tensor1d([0, 1, 0.3, 1]);
  expect(value(bce(tf.zeros([4]), t))).toBeCloseTo(Math.LN2, 6);
  expectClose(tf.grad((z: tf.Tensor) => bce(z, t))(tf.zeros([4])), [0.125, -0.125, 0.05, -0.125], 1e-6);
});

test("bce is the equation as a loop", () => {
  const [z, t] = [seeded(1).normal([3, 4, 2], 0, 3), seeded(2).uniform([3, 4, 2])];
  const sigma = (x: number) => 1 / (1 + Math.exp(-x));
  const terms = values(z).map((x, i) => {
    const target = values(t)[i];
    return -target * Math.log(sigma(x)) - (1 - target) * Math.log(sigma(-x));
  });
  expect(value(bce(z, t))).toBeCloseTo(terms.reduce((sum, term) => sum + term, 0) / terms.length, 5);
});

test("yes and no are told alike: bce(z, t) = bce(−z, 1 − t)", () => {
  const [z, t] = [seeded(3).normal([5, 2]), seeded(4).uniform([5, 2])];
  expect(value(bce(z, t))).toBeCloseTo(value(bce(tf.neg(z), tf.sub(1, t))), 6);
});

test("logits of ±100 cost 0 or 100, with slopes 0 or ±1", () => {
  const [z, t] = [tf.tensor1d([100, -100, 100, -100]), tf.tensor1d([1, 0, 0, 1])];
  expect(value(bce(z, t))).toBeCloseTo(50, 5);
  expectClose(tf.grad((z: tf.Tensor) => bce(z, t))(z), [0, 0, 0.25, -0.25], 1e-6);
});

test("bce has the gradient its formula implies, and refuses shapes that would broadcast", () => {
  const t = seeded(5).uniform([3, 4]);
  expectGradient((z) => bce(z, t), [3, 4]);
  expect(() => bce(tf.zeros([4, 1]), tf.zeros([4]))).toThrow("bce: expected targets (4, 1) as logits, got (4)");
});
