import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {ema} from "../../src/components/ssl/ema.js";
import {expectClose, seeded, value, values} from "../gradients.js";

const trees = () =>
  [
    {a: {w: tf.tensor1d([1, 2])}, b: tf.scalar(4)},
    {a: {w: tf.tensor1d([3, -2])}, b: tf.scalar(0)}
  ] as const;

test("θ_k ← m θ_k + (1 − m) θ_q, leaf by leaf, for a number and for a scalar tensor", () => {
  const [average, current] = trees();
  for (const momentum of [0.75, tf.scalar(0.75)]) {
    const next = ema(average, current, momentum);
    expectClose(next.a.w, [1.5, 1], 1e-6);
    expect(value(next.b)).toBeCloseTo(3, 6);
  }
});

test("momentum 1 keeps the average and 0 copies; neither tree is changed", () => {
  const [average, current] = trees();
  expect(values(ema(average, current, 1).a.w)).toEqual([1, 2]);
  expect(values(ema(average, current, 0).a.w)).toEqual([3, -2]);
  expect([values(average.a.w), values(current.a.w)]).toEqual([[1, 2], [3, -2]]); // prettier-ignore
});

test.each([
  [0.99, 69],
  [0.996, 173],
  [0.999, 693]
])("at m = %d a change has come halfway after %i steps", (momentum, steps) => {
  let average = {w: tf.scalar(0)};
  for (let i = 0; i < steps; ++i) average = ema(average, {w: tf.scalar(1)}, momentum);
  expect(value(average.w)).toBeCloseTo(0.5, 2);
  expect(Math.round(Math.log(0.5) / Math.log(momentum))).toBe(steps);
});

test("after n steps the average is the weighted sum of all that it has seen", () => {
  const seen = [1, 2, 3, 4].map((seed) => ({w: seeded(seed).normal([3])}));
  let average = {w: tf.zeros([3])};
  for (const tree of seen) average = ema(average, tree, 0.6);
  const expected = tf.addN(seen.map(({w}, i) => tf.mul(w, 0.4 * 0.6 ** (3 - i))));
  expectClose(average.w, expected, 1e-6);
});
