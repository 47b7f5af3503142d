import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {rmsprop} from "../../src/components/optimizers/rmsprop.js";
import {descend, expectAgreement, walk} from "./trajectory.js";

test("two steps by hand", () => {
  // s: 0.1 · 4 = 0.4, then 0.36 + 0.1 · 1 = 0.46
  const [first, second] = walk(rmsprop(), 1, [2, -1], 0.1);
  expect(first).toBeCloseTo(1 - (0.1 * 2) / Math.sqrt(0.4), 6);
  expect(second).toBeCloseTo(first + 0.1 / Math.sqrt(0.46), 6);
});

test("the first step is η / √(1 − ρ) = 3.1623 η long, whatever the gradient", () => {
  for (const g of [1e-3, 1, -200]) expect(Math.abs(walk(rmsprop(), 0, [g], 0.01)[0])).toBeCloseTo(0.031623, 5);
});

test("50 steps agree with tf.train.rmsprop; its ε, inside the root, is made as small as ours", () => {
  expectAgreement(rmsprop({rho: 0.9, epsilon: 1e-10}), tf.train.rmsprop(0.01, 0.9, 0, 1e-16), 0.01);
});

test("with decay λ the gradient is g + λ θ", () => {
  const decayed = walk(rmsprop({decay: {amount: 0.5}}), 4, [-1], 0.1);
  expect(decayed[0]).toBeCloseTo(walk(rmsprop(), 4, [-1 + 0.5 * 4], 0.1)[0], 6);
});

test("on a bowl it comes within its step of the centre", () => {
  expect(descend(rmsprop(), 0.05, 300)).toBeLessThan(0.02);
});

test("rho outside [0, 1) and epsilon ≤ 0 are named", () => {
  expect(() => rmsprop({rho: 1})).toThrow("rmsprop: expected rho in [0, 1), got 1");
  expect(() => rmsprop({epsilon: 0})).toThrow("rmsprop: expected epsilon > 0, got 0");
});
