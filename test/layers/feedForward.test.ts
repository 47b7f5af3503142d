import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {feedForward, type FeedForwardParams} from "../../src/components/layers/feedForward.js";
import {rng} from "../../src/components/math/random.js";
import {map, size} from "../../src/components/tensor/tree.js";
import {expectClose, expectGradient, seeded, value} from "../gradients.js";

const layer = feedForward(4, 6, {rate: 0.5});
const params = map((leaf) => seeded(leaf.size).normal(leaf.shape), layer.init(rng(1)));
const x = seeded(2).normal([2, 3, 4]);

test("it maps every token by itself: a token's output depends on no other", () => {
  const y = layer.apply(params, x);
  const one = tf.slice(x, [1, 2, 0], [1, 1, 4]);
  expectClose(layer.apply(params, one), tf.slice(y, [1, 2, 0], [1, 1, 4]), 1e-6);
});

test("it is GELU between two affine maps, with 2 D hidden + hidden + D parameters", () => {
  expect(size(params)).toBe(2 * 4 * 6 + 6 + 4);
  // far from 0 GELU is ReLU: with a first map of large integers the formula can be followed by hand
  const weight = tf.tensor2d([30, -30], [1, 2]);
  const bias = tf.zeros([2]);
  const hand: FeedForwardParams = {
    fc1: {weight, bias},
    fc2: {weight: tf.tensor2d([2, 5], [2, 1]), bias: tf.tensor1d([7])}
  };
  expectClose(feedForward(1, 2).apply(hand, tf.tensor2d([[1], [-1]])), [2 * 30 + 7, 5 * 30 + 7], 1e-4);
});

test("it has the gradients of its formula, for the input and every parameter", () => {
  const c = seeded(3).normal(x.shape);
  const loss = (p: FeedForwardParams, x: tf.Tensor) => tf.sum(tf.mul(c, layer.apply(p, x)));
  expectGradient((x) => loss(params, x), x.shape, {at: x});
  for (const name of ["fc1", "fc2"] as const)
    for (const [leaf, at] of Object.entries(params[name]))
      expectGradient((moved) => loss({...params, [name]: {...params[name], [leaf]: moved}}, x), at.shape, {at});
});

test("masks drop hidden units and outputs; at rate 0 there are none", () => {
  const drawn = layer.noise(rng(4), [2, 3]);
  expect(Object.entries(drawn).map(([name, {shape}]) => [name, shape])).toEqual([
    ["drop1", [2, 3, 6]],
    ["drop2", [2, 3, 4]]
  ]);
  const {bias} = params.fc2 as {bias: tf.Tensor};
  expectClose(layer.apply(params, x, {drop1: tf.zeros([2, 3, 6])}), tf.add(tf.zeros([2, 3, 4]), bias), 0);
  expect(value(tf.max(tf.abs(layer.apply(params, x, {drop2: tf.zeros([2, 3, 4])}))))).toBe(0);
  expect(feedForward(4, 6).noise(rng(4), [2, 3])).toEqual({});
});
