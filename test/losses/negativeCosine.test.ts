import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {negativeCosine} from "../../src/components/losses/negativeCosine.js";
import {expectGradient, seeded, value} from "../gradients.js";

test("negativeCosine is −1 for parallel rows of any length, 1 for opposite ones and 0 at right angles", () => {
  const z = seeded(1).normal([5, 4]);
  expect(value(negativeCosine(tf.mul(z, 3), z))).toBeCloseTo(-1, 5);
  expect(value(negativeCosine(tf.neg(z), z))).toBeCloseTo(1, 5);
  expect(value(negativeCosine(tf.tensor2d([[2, 0]]), tf.tensor2d([[0, 3]])))).toBeCloseTo(0, 6);
});

test("negativeCosine is half the mean squared distance on the sphere, less 1, and has the gradient of that", () => {
  const z = seeded(2).normal([6, 3]);
  const unit = (x: tf.Tensor) => tf.div(x, tf.norm(x, 2, 1, true));
  const p = seeded(3).normal([6, 3]);
  const distance = value(tf.mean(tf.sum(tf.square(tf.sub(unit(p), unit(z))), 1)));
  expect(value(negativeCosine(p, z))).toBeCloseTo(distance / 2 - 1, 5);
  expectGradient((x) => negativeCosine(x, z), [6, 3]);
});

test("negativeCosine names what does not fit", () => {
  expect(() => negativeCosine(tf.ones([2, 3]), tf.ones([2, 4]))).toThrow(
    "negativeCosine: expected z (B, D) with B = 2, D = 3"
  );
});
