import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {groupNorm} from "../../src/components/layers/groupNorm.js";
import {layerNorm} from "../../src/components/layers/layerNorm.js";
import {expectClose, expectGradient, seeded} from "../gradients.js";

const shape = [2, 3, 4, 6];
const x = seeded(1).normal(shape, 2, 3);
const plain = {weight: tf.ones([6]), bias: tf.zeros([6])};
const params = {weight: seeded(2).normal([6]), bias: seeded(3).normal([6])};

test("with G = C it is instance normalisation: each image's channel by itself", () => {
  const {mean, variance} = tf.moments(x, [1, 2], true);
  const instance = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-5)));
  expectClose(groupNorm(6, {groups: 6}).apply(plain, x), instance, 1e-5);
});

test("with G = 1 it is layer normalisation over height, width and channels", () => {
  const all = layerNorm(3 * 4 * 6);
  const rows = all.apply(all.init(), tf.reshape(x, [2, 72]));
  expectClose(groupNorm(6, {groups: 1}).apply(plain, x), tf.reshape(rows, shape), 1e-5);
});

test("a group is neighbouring channels: scaling one group leaves the output, scaling half of one does not", () => {
  const layer = groupNorm(6, {groups: 3});
  const y = layer.apply(params, x);
  expectClose(layer.apply(params, tf.mul(x, [5, 5, 1, 1, 1, 1])), y, 1e-4);
  expect(() => expectClose(layer.apply(params, tf.mul(x, [5, 1, 1, 1, 1, 1])), y, 1e-1)).toThrow("expected element");
});

test("no image sees another", () => {
  const layer = groupNorm(6, {groups: 2});
  const first = tf.slice(x, [0, 0, 0, 0], [1, 3, 4, 6]);
  expectClose(layer.apply(params, first), tf.slice(layer.apply(params, x), [0, 0, 0, 0], [1, 3, 4, 6]), 1e-6);
});

test("groupNorm has the gradients of its formula", () => {
  const layer = groupNorm(6, {groups: 2});
  const c = seeded(4).normal(shape);
  const loss = (y: tf.Tensor) => tf.mean(tf.mul(c, tf.tanh(y)));
  expectGradient((x) => loss(layer.apply(params, x)), shape);
  expectGradient((weight) => loss(layer.apply({...params, weight}, x)), [6]);
  expectGradient((bias) => loss(layer.apply({...params, bias}, x)), [6]);
});

test("groupNorm names groups that do not divide, and a wrong shape", () => {
  expect(() => groupNorm(6, {groups: 4})).toThrow("groupNorm: expected groups that divide 6, got 4");
  expect(() => groupNorm(6, {groups: 2}).apply(params, tf.zeros([2, 6]))).toThrow(
    "groupNorm: expected x (B, H, W, 6), got (2, 6)"
  );
});
