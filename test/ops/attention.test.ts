import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {attention, causalMask} from "../../src/components/ops/attention.js";
import {expectClose, expectGradient, seeded, value, values} from "../gradients.js";
import {onBackends} from "./onBackends.js";

const [T, S, d, e] = [5, 7, 4, 3];
const draw = () => [seeded(1).normal([2, 3, T, d]), seeded(2).normal([2, 3, S, d]), seeded(3).normal([2, 3, S, e])];

/** The equation as loops, in float64: Y and P of every leading index. */
function loops(q: number[], k: number[], v: number[], sees: (t: number, s: number) => boolean): [number[], number[]] {
  const [y, weights]: [number[], number[]] = [[], []];
  for (let b = 0; b < q.length / (T * d); ++b)
    for (let t = 0; t < T; ++t) {
      const powers = Array.from({length: S}, (_, s) => {
        let score = 0;
        for (let i = 0; i < d; ++i) score += q[(b * T + t) * d + i] * k[(b * S + s) * d + i];
        return sees(t, s) ? Math.exp(score / Math.sqrt(d)) : 0;
      });
      const total = powers.reduce((sum, power) => sum + power, 0);
      for (const power of powers) weights.push(power / total);
      for (let j = 0; j < e; ++j)
        y.push(powers.reduce((sum, power, s) => sum + (power / total) * v[(b * S + s) * e + j], 0));
    }
  return [y, weights];
}

onBackends(() => {
  test("with Q = K = I and d = 2 the weights are σ(±1/√2), and V is mixed by them", () => {
    const identity = tf.eye(2);
    const [y, weights] = attention(identity, identity, tf.tensor2d([[1, 2], [3, 4]])); // prettier-ignore
    expectClose(weights, [0.669762, 0.330238, 0.330238, 0.669762], 1e-6);
    expectClose(y, [1.660477, 2.660477, 2.339523, 3.339523], 1e-6);
  });

  test("it is its equation as loops, masked and not", () => {
    const [q, k, v] = draw();
    const numbers = [q, k, v].map(values) as [number[], number[], number[]];
    const sees = (t: number, s: number) => (t + s) % 3 > 0;
    const mask = tf.tensor2d(
      Array.from({length: T * S}, (_, at) => Number(sees(Math.floor(at / S), at % S))),
      [T, S]
    );
    for (const [options, rule] of [
      [{}, () => true],
      [{mask}, sees]
    ] as const) {
      const [y, weights] = attention(q, k, v, options);
      const [expectedY, expectedWeights] = loops(...numbers, rule);
      expectClose(y, expectedY, 1e-6);
      expectClose(weights, expectedWeights, 1e-6);
    }
  });

  test("rows of weights sum to 1 and a masked key's weight is exactly 0, for scores of any size", () => {
    const [q, k, v] = draw();
    const mask = tf.tensor([1, 1, 0, 1, 0, 1, 1], [1, 1, 1, S]);
    for (const size of [0, 1, 1e4]) {
      const [y, weights] = attention(tf.mul(q, size), k, v, {mask});
      expectClose(tf.sum(weights, -1), tf.ones([2, 3, T]), 1e-6);
      expect(value(tf.max(tf.mul(weights, tf.sub(1, mask))))).toBe(0);
      expect(values(y).every(Number.isFinite)).toBe(true);
    }
  });

  test("permuting the queries permutes the output, and permuting keys with their values changes nothing", () => {
    const [q, k, v] = draw();
    const [y] = attention(q, k, v);
    const permuted = (x: tf.Tensor, order: number[]) => tf.gather(x, tf.tensor1d(order, "int32"), 2);
    const order = [3, 0, 4, 1, 2];
    expectClose(attention(permuted(q, order), k, v)[0], permuted(y, order), 1e-6);
    const other = [6, 2, 0, 5, 1, 3, 4];
    expectClose(attention(q, permuted(k, other), permuted(v, other))[0], y, 1e-6);
  });

  test("under the causal mask a later token leaves an earlier output's every bit", () => {
    const [q, k, v] = [1, 2, 3].map((seed) => seeded(seed).normal([1, 6, 4]));
    const change = tf.reshape(tf.tensor1d([0, 0, 0, 7, 0, 0]), [1, 6, 1]);
    const mask = causalMask(6);
    const rows = (t: tf.Tensor) => [0, 1, 2, 3, 4, 5].map((i) => values(tf.slice(t, [0, i, 0], [1, 1, 4])));
    const before = rows(attention(q, k, v, {mask})[0]);
    const after = rows(attention(tf.add(q, change), tf.add(k, change), tf.add(v, change), {mask})[0]);
    for (const i of [0, 1, 2]) expect(after[i]).toEqual(before[i]);
    for (const i of [3, 4, 5]) expect(after[i]).not.toEqual(before[i]);
  });

  test("its gradients are those of the equation, through the output and through the weights, masked and not", () => {
    const [q, k, v] = draw();
    const [c, w] = [seeded(4).normal([2, 3, T, e]), seeded(5).normal([2, 3, T, S])];
    const mask = tf.tensor([1, 1, 0, 1, 0, 1, 1], [1, 1, 1, S]);
    for (const options of [{}, {mask}]) {
      const ofY = (...args: [tf.Tensor, tf.Tensor, tf.Tensor]) => tf.sum(tf.mul(attention(...args, options)[0], c));
      const ofWeights = (q: tf.Tensor, k: tf.Tensor) => tf.sum(tf.mul(attention(q, k, v, options)[1], w));
      expectGradient((q) => ofY(q, k, v), q.shape, {at: q});
      expectGradient((k) => ofY(q, k, v), k.shape, {at: k});
      expectGradient((v) => ofY(q, k, v), v.shape, {at: v});
      expectGradient((q) => ofWeights(q, k), q.shape, {at: q});
      expectGradient((k) => ofWeights(q, k), k.shape, {at: k});
    }
  });

  test("the hand-written gradient is that of the composition of stock ops", () => {
    const [q, k, v] = draw();
    const c = seeded(4).normal([2, 3, T, e]);
    const stock = (q: tf.Tensor, k: tf.Tensor, v: tf.Tensor) =>
      tf.matMul(tf.softmax(tf.div(tf.matMul(q, k, false, true), Math.sqrt(d))), v);
    const ours = tf.grads((q, k, v) => attention(q, k, v)[0])([q, k, v], c);
    const theirs = tf.grads(stock)([q, k, v], c);
    ours.forEach((gradient, i) => expectClose(gradient, theirs[i], 1e-5));
  });

  test("the mask is data, and no tensor is left", () => {
    const [q, k, v] = draw();
    const mask = tf.ones([T, S]);
    const before = tf.memory().numTensors;
    const gradients = tf.grads((q, k, v, mask) => attention(q, k, v, {mask})[0])([q, k, v, mask]);
    expect(gradients[3].shape).toEqual([T, S]);
    expect(values(gradients[3]).every((g) => g === 0)).toBe(true);
    tf.dispose(gradients);
    expect(tf.memory().numTensors).toBe(before);
  });
});

test("attention names a shape that does not fit", () => {
  const [q, k, v] = [tf.zeros([2, 3, 4]), tf.zeros([2, 5, 4]), tf.zeros([2, 5, 6])];
  expect(() => attention(q, tf.zeros([2, 5, 3]), v)).toThrow("expected k (2, S, D) with D = 4, got (2, 5, 3)");
  expect(() => attention(q, tf.zeros([1, 5, 4]), v)).toThrow("expected k (2, S, D) with D = 4, got (1, 5, 4)");
  expect(() => attention(q, k, tf.zeros([2, 4, 6]))).toThrow("expected v (2, S, E) with S = 5, got (2, 4, 6)");
  for (const shape of [
    [5, 3],
    [2, 2, 5],
    [1, 2, 3, 5]
  ])
    // prettier-ignore
    expect(() => attention(q, k, v, {mask: tf.ones(shape)})).toThrow(
      `attention: expected a mask that broadcasts to (2, 3, 5), got (${shape.join(", ")})`
    );
});
