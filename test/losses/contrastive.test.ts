import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {activePairs, contrastive} from "../../src/components/losses/contrastive.js";
import {expectClose, expectGradient, seeded, value, values} from "../gradients.js";

test("alike pairs cost half the squared distance; unlike ones half the squared gap to the margin, and beyond it nothing", () => {
  const pair = (distance: number, alike: number) =>
    value(contrastive(tf.tensor2d([[0, 0]]), tf.tensor2d([[0, distance]]), tf.tensor1d([alike]), {margin: 2}));
  expect([pair(3, 1), pair(0.5, 0), pair(2, 0), pair(5, 0)]).toEqual([4.5, 1.125, 0, 0]);
});

test("it is the equation as a loop", () => {
  const [a, b, y] = [seeded(1).normal([6, 3]), seeded(2).normal([6, 3]), tf.tensor1d([1, 0, 1, 0, 0, 1], "int32")];
  const rows = [a, b].map((t) => t.arraySync() as number[][]);
  const terms = values(y).map((alike, i) => {
    const distance = Math.hypot(...rows[0][i].map((x, k) => x - rows[1][i][k]));
    return alike ? distance ** 2 / 2 : Math.max(0, 2.5 - distance) ** 2 / 2;
  });
  expect(value(contrastive(a, b, y, {margin: 2.5}))).toBeCloseTo(terms.reduce((sum, t) => sum + t, 0) / 6, 5);
});

test("at collapse unlike pairs cost m² / 2 and are not pushed: no slope, and no NaN", () => {
  const [x, y] = [tf.ones([4, 2]), tf.zeros([4])];
  expect(value(contrastive(x, x, y, {margin: 3}))).toBeCloseTo(4.5, 4);
  expectClose(tf.grad((first: tf.Tensor) => contrastive(first, x, y, {margin: 3}))(x), Array<number>(8).fill(0), 1e-6);
});

test("the loss does not change when space is turned and moved", () => {
  const [a, b, y] = [seeded(3).normal([5, 2]), seeded(4).normal([5, 2]), tf.tensor1d([1, 0, 0, 1, 0])];
  const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
  const turned = (x: tf.Tensor) => tf.add(tf.matMul(x as tf.Tensor2D, tf.tensor2d([[c, s], [-s, c]])), 3); // prettier-ignore
  expect(value(contrastive(turned(a), turned(b), y))).toBeCloseTo(value(contrastive(a, b, y)), 5);
});

test("contrastive has the gradient its formula implies, and names what does not fit", () => {
  const [b, y] = [seeded(5).normal([4, 3]), tf.tensor1d([1, 0, 1, 0])];
  expectGradient((a) => contrastive(a, b, y, {margin: 5}), [4, 3]);
  expect(() => contrastive(b, b, y, {margin: 0})).toThrow("contrastive: expected margin > 0, got 0");
  expect(() => contrastive(b, tf.zeros([4, 2]), y)).toThrow("contrastive: expected second (B, D) with B = 4, D = 3");
});

test("the active share is that of the unlike pairs whose loss is not 0", () => {
  const [a, b, y] = [seeded(6).normal([9, 2]), seeded(7).normal([9, 2]), tf.tensor1d([1, 0, 0, 0, 1, 0, 0, 0, 0])];
  const rows = [a, b].map((t) => t.arraySync() as number[][]);
  const pushed = values(y).filter((alike, i) => {
    const one = (x: number[][]) => tf.tensor2d([x[i]]);
    return !alike && value(contrastive(one(rows[0]), one(rows[1]), tf.tensor1d([0]), {margin: 1.5})) > 0;
  }).length;
  expect(pushed).toBeGreaterThan(0);
  expect(pushed).toBeLessThan(7);
  expect(value(activePairs(a, b, y, {margin: 1.5}))).toBeCloseTo(pushed / 7, 6);
  expect(value(activePairs(a, a, tf.zeros([9])))).toBe(1);
  expect(value(activePairs(a, b, tf.ones([9])))).toBe(0);
  expect(() => activePairs(a, b, y, {margin: -1})).toThrow("activePairs: expected margin > 0, got -1");
});
