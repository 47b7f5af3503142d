import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {found, infoNce, infoNces} from "../../src/components/losses/infoNce.js";
import {expectGradient, seeded, value, values} from "../gradients.js";

const inputs = () => [seeded(1).normal([5, 4]), seeded(2).normal([5, 4]), seeded(3).normal([9, 4])] as const;

function loops(queries: number[][], keys: number[][], negatives: number[][], temperature: number): number {
  const cosine = (a: number[], b: number[]) =>
    a.reduce((sum, x, i) => sum + x * b[i], 0) / Math.hypot(...a) / Math.hypot(...b);
  let total = 0;
  for (const [i, q] of queries.entries()) {
    const positive = Math.exp(cosine(q, keys[i]) / temperature);
    let below = positive;
    for (const n of negatives) below += Math.exp(cosine(q, n) / temperature);
    total -= Math.log(positive / below);
  }
  return total / queries.length;
}

test.each([0.07, 0.2, 1])("at τ = %d the value is that of the loops", (temperature) => {
  const given = inputs();
  const [q, k, n] = given.map((t) => t.arraySync() as number[][]);
  expect(value(infoNce(...given, {temperature}))).toBeCloseTo(loops(q, k, n, temperature), 4);
});

test("equal keys tell nothing: log(K + 1), 8.318 for K = 4096", () => {
  expect(value(infoNce(seeded(1).normal([3, 4]), tf.ones([3, 4]), tf.ones([4096, 4])))).toBeCloseTo(8.31801, 4);
});

test("the floor log(1 + K exp(−2 / τ)) is reached when all negatives are opposite to the query", () => {
  const q = tf.tensor2d([[1, 2], [1, 2]]); // prettier-ignore
  const negatives = tf.mul(tf.ones([7, 2]), [-1, -2]);
  expect(value(infoNce(q, q, negatives, {temperature: 0.5}))).toBeCloseTo(Math.log(1 + 7 * Math.exp(-4)), 5);
});

test("the gradients for queries, keys and negatives agree with differences", () => {
  const [q, k, n] = inputs();
  expectGradient((x) => infoNce(x, k, n), [5, 4]);
  expectGradient((x) => infoNce(q, x, n), [5, 4]);
  expectGradient((x) => infoNce(q, k, x), [9, 4]);
});

test("found is 1 where no negative is nearer than the key", () => {
  const q = tf.tensor2d([[1, 0], [0, 1]]); // prettier-ignore
  const keys = tf.tensor2d([[1, 0.1], [1, 0.1]]); // prettier-ignore
  expect(values(found(q, keys, tf.tensor2d([[0.5, 0.5]])))).toEqual([1, 0]);
  expect(values(infoNces(q, keys, tf.tensor2d([[0.5, 0.5]])))[0]).toBeLessThan(Math.LN2);
});

test("errors name what was expected and what came", () => {
  expect(() => infoNce(tf.ones([4, 8]), tf.ones([4, 8]), tf.ones([9, 6]))).toThrow(
    "infoNce: expected negatives (K, D) with D = 8, got (9, 6)"
  );
  expect(() => infoNce(tf.ones([4, 8]), tf.ones([4, 8]), tf.ones([9, 8]), {temperature: -1})).toThrow(
    "infoNce: expected temperature > 0, got -1"
  );
});
