import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {sgd} from "../../src/components/optimizers/sgd.js";
import {values} from "../gradients.js";
import {descend, expectAgreement, walk} from "./trajectory.js";

const close = (expected: number[]) => expected.map((x) => expect.closeTo(x, 6));

test("two steps by hand: plain, momentum, Nesterov, decay", () => {
  expect(walk(sgd(), 1, [2, -1], 0.1)).toEqual(close([0.8, 0.9]));
  // v: 2, then 0.5 · 2 − 1 = 0
  expect(walk(sgd({momentum: 0.5}), 1, [2, -1], 0.1)).toEqual(close([0.8, 0.8]));
  // g + μ v: 2 + 1 = 3, then −1 + 0 = −1
  expect(walk(sgd({momentum: 0.5, nesterov: true}), 1, [2, -1], 0.1)).toEqual(close([0.7, 0.8]));
  // g + λ θ: 2 + 0.5 = 2.5, then −1 + 0.5 · 0.75 = −0.625; v: 2.5, then 1.25 − 0.625 = 0.625
  expect(walk(sgd({momentum: 0.5, decay: {amount: 0.5}}), 1, [2, -1], 0.1)).toEqual(close([0.75, 0.6875]));
});

test("50 steps agree with tf.train.sgd and tf.train.momentum, with and without Nesterov's look-ahead", () => {
  expectAgreement(sgd(), tf.train.sgd(0.05), 0.05);
  expectAgreement(sgd({momentum: 0.9}), tf.train.momentum(0.05, 0.9), 0.05);
  expectAgreement(sgd({momentum: 0.9, nesterov: true}), tf.train.momentum(0.05, 0.9, true), 0.05);
});

test("on a bowl of curvature ½ to 2 it converges at η < 2/L and diverges beyond", () => {
  expect(descend(sgd(), 0.8, 60)).toBeLessThan(1e-8);
  expect(descend(sgd({momentum: 0.5, nesterov: true}), 0.4, 60)).toBeLessThan(1e-8);
  expect(descend(sgd(), 4.5, 30)).toBeGreaterThan(1e6);
});

test("the rate acts at once: a rate of 0 stops the parameter while the velocity goes on", () => {
  const optimizer = sgd({momentum: 0.9});
  const params = {w: tf.tensor1d([1])};
  const [moved, {velocity}] = optimizer.update(params, {w: tf.tensor1d([3])}, optimizer.init(params), tf.scalar(0));
  expect(values(moved.w)).toEqual([1]);
  expect(values(velocity.w as tf.Tensor)).toEqual([3]);
});

test("decay takes matrices and filters and leaves biases and norms, unless told otherwise", () => {
  const params = {fc: {weight: tf.ones([2, 2]), bias: tf.ones([2])}, bn: {weight: tf.ones([2])}};
  const zero = {fc: {weight: tf.zeros([2, 2]), bias: tf.zeros([2])}, bn: {weight: tf.zeros([2])}};
  const after = (optimizer: ReturnType<typeof sgd>) => {
    const [{fc, bn}] = optimizer.update(params, zero, optimizer.init(params), tf.scalar(0.1));
    return [fc.weight, fc.bias, bn.weight].map((t) => values(t)[0]);
  };
  expect(after(sgd({decay: {amount: 0.5}}))).toEqual(close([0.95, 1, 1]));
  expect(after(sgd({decay: {amount: 0.5, applies: (path) => path.startsWith("bn.")}}))).toEqual(close([1, 1, 0.95]));
});

test("inputs are left as they were", () => {
  const optimizer = sgd({momentum: 0.9, decay: {amount: 0.1}});
  const [params, grads] = [{w: tf.ones([1, 2])}, {w: tf.ones([1, 2])}];
  const state = optimizer.init(params);
  optimizer.update(params, grads, state, tf.scalar(0.1));
  expect([params.w, grads.w].map(values)).toEqual([
    [1, 1],
    [1, 1]
  ]);
  expect(values(state.velocity.w as tf.Tensor)).toEqual([0, 0]);
});

test("a momentum outside [0, 1), Nesterov without momentum, and a negative decay are named", () => {
  expect(() => sgd({momentum: 1})).toThrow("sgd: expected momentum in [0, 1), got 1");
  expect(() => sgd({nesterov: true})).toThrow("sgd: expected momentum > 0 with nesterov, got 0");
  expect(() => sgd({decay: {amount: -1}})).toThrow("decay: expected an amount ≥ 0, got -1");
});
