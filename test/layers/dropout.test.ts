import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {dropout} from "../../src/components/layers/dropout.js";
import {rng} from "../../src/components/math/random.js";
import {expectGradient, seeded, values} from "../gradients.js";

test("a mask drops the fraction p and keeps the mean: factors are 0 or 1/(1 − p)", () => {
  const {data, shape} = dropout(0.2).noise(rng(1), [100, 200]);
  expect(shape).toEqual([100, 200]);
  expect(new Set(data)).toEqual(new Set([0, Math.fround(1.25)]));
  const kept = data.filter((factor) => factor > 0).length / data.length;
  expect(Math.abs(kept - 0.8)).toBeLessThan((4 * Math.sqrt(0.16)) / Math.sqrt(data.length));
});

test("the mask multiplies, alike forwards and backwards; without one dropout is the identity", () => {
  const layer = dropout(0.5);
  const x = seeded(1).normal([2, 3]);
  const mask = tf.tensor2d([0, 2, 2, 0, 0, 2], [2, 3]);
  expect(values(layer.apply(x, mask))).toEqual(values(x).map((v, i) => v * [0, 2, 2, 0, 0, 2][i] + 0));
  expect(values(tf.grad((x: tf.Tensor) => tf.sum(layer.apply(x, mask)))(x))).toEqual([0, 2, 2, 0, 0, 2]);
  expect(layer.apply(x)).toBe(x);
  expectGradient((x) => tf.sum(tf.square(layer.apply(x, mask))), [2, 3]);
});

test("a mask with an axis of 1 drops whole channels", () => {
  const mask = tf.tensor([0, 2], [1, 1, 1, 2]);
  const y = dropout(0.5).apply(tf.ones([1, 2, 2, 2]), mask);
  expect(values(y)).toEqual([0, 2, 0, 2, 0, 2, 0, 2]);
});

test("at p = 0 nothing is dropped, and p outside [0, 1) is named", () => {
  expect(new Set(dropout(0).noise(rng(2), [500]).data)).toEqual(new Set([1]));
  expect(() => dropout(1)).toThrow("dropout: expected a rate in [0, 1), got 1");
  expect(() => dropout(-0.1)).toThrow("dropout: expected a rate in [0, 1), got -0.1");
});
