import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {linear} from "../../src/components/layers/linear.js";
import {rng} from "../../src/components/math/random.js";
import {expectClose, expectGradient, seeded, values} from "../gradients.js";

const layer = linear(3, 2);
const bias = tf.tensor1d([0.5, -1]);

test("linear is x W + b on the last axis, whatever stands before it", () => {
  const weight = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
  expect(values(layer.apply({weight, bias}, tf.tensor2d([1, 0, -1], [1, 3])))).toEqual([1 - 5 + 0.5, 2 - 6 - 1]);
  const x = seeded(1).normal([2, 2, 2, 3]);
  const rows = layer.apply({weight, bias}, tf.reshape(x, [8, 3]));
  expectClose(layer.apply({weight, bias}, x), tf.reshape(rows, [2, 2, 2, 2]));
});

test("linear without a bias maps 0 to 0 and is linear", () => {
  const bare = linear(3, 2, {bias: false});
  const params = bare.init(rng(1));
  expect(Object.keys(params)).toEqual(["weight"]);
  const [x, y] = [seeded(1).normal([4, 3]), seeded(2).normal([4, 3])];
  expectClose(bare.apply(params, tf.add(x, y)), tf.add(bare.apply(params, x), bare.apply(params, y)));
});

test("linear has the gradients of its formula, for 2 and 3 axes", () => {
  const [x, weight] = [seeded(1).normal([2, 4, 3]), seeded(2).normal([3, 2])];
  const c = seeded(3).normal([2, 4, 2]);
  const loss = (y: tf.Tensor) => tf.sum(tf.mul(c, tf.tanh(y)));
  expectGradient((x) => loss(layer.apply({weight, bias}, x)), [2, 4, 3]);
  expectGradient((weight) => loss(layer.apply({weight, bias}, x)), [3, 2]);
  expectGradient((bias) => loss(layer.apply({weight, bias}, x)), [2]);
});

test("linear names an input of another width", () => {
  const params = layer.init(rng(1));
  expect(() => layer.apply(params, tf.zeros([2, 4]))).toThrow("linear: expected x (…, 3), got (2, 4)");
});
