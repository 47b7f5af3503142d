import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {adam} from "../../src/components/optimizers/adam.js";
import {value} from "../gradients.js";
import {descend, expectAgreement, walk} from "./trajectory.js";

test("three steps by hand, with β₁ = 0.5 and β₂ = 0.75", () => {
  const [a, b, c] = walk(adam({beta1: 0.5, beta2: 0.75}), 1, [2, -1, 4], 0.1);
  // m: 1, 0, 2; 1 − β₁ᵗ: 0.5, 0.75, 0.875; v: 1, 1, 4.75; 1 − β₂ᵗ: 0.25, 0.4375, 0.578125
  expect(a).toBeCloseTo(1 - 0.1 * (2 / 2), 6);
  expect(b).toBeCloseTo(a, 6);
  expect(c).toBeCloseTo(b - (0.1 * (2 / 0.875)) / Math.sqrt(4.75 / 0.578125), 6);
});

test("the first step is η |g| / (|g| + ε) long", () => {
  for (const g of [1e-8, 1e-3, 1, -200])
    expect(walk(adam(), 0, [g], 0.01)[0] / ((-0.01 * g) / (Math.abs(g) + 1e-8))).toBeCloseTo(1, 6);
});

test("a constant gradient is met with steps of η however many went before: the correction is exact", () => {
  const path = walk(adam(), 0, new Array(200).fill(3), 0.01);
  path.forEach((x, i) => expect(x / (-0.01 * (i + 1))).toBeCloseTo(1, 4));
});

test("50 steps agree with tf.train.adam", () => {
  expectAgreement(adam(), tf.train.adam(0.05, 0.9, 0.999, 1e-8), 0.05);
  expectAgreement(adam({beta1: 0.8, beta2: 0.9, epsilon: 1e-3}), tf.train.adam(0.05, 0.8, 0.9, 1e-3), 0.05);
});

test("on a bowl it converges", () => {
  expect(descend(adam(), 0.3, 400)).toBeLessThan(1e-3);
});

test("its decay is coupled: with zero gradient the first step is η long, towards 0", () => {
  for (const w of [2, -0.3])
    expect(walk(adam({decay: {amount: 0.01}}), w, [0], 0.05)[0]).toBeCloseTo(w - 0.05 * Math.sign(w), 5);
});

test("all that changes from step to step is a tensor of the state", () => {
  const optimizer = adam({beta1: 0.9});
  const params = {w: tf.ones([2])};
  let state = optimizer.init(params);
  for (const expected of [0.1, 0.19, 0.271]) {
    [, state] = optimizer.update(params, {w: tf.ones([2])}, state, tf.scalar(0.1));
    expect(value(state.c1)).toBeCloseTo(expected, 6);
  }
});

test("betas outside [0, 1) and epsilon ≤ 0 are named", () => {
  expect(() => adam({beta2: 1})).toThrow("adam: expected beta2 in [0, 1), got 1");
  expect(() => adam({epsilon: 0})).toThrow("adam: expected epsilon > 0, got 0");
});
