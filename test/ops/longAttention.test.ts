import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {attention, causalMask} from "../../src/components/ops/attention.js";
import {attend, longAttention} from "../../src/components/ops/longAttention.js";
import {expectClose, expectGradient, seeded, values} from "../gradients.js";
import {onBackends} from "./onBackends.js";

const draw = () => [[2, 3, 5, 4], [2, 3, 7, 4], [2, 3, 7, 3]].map((shape, i) => seeded(i + 1).normal(shape)); // prettier-ignore
const hiding = () => tf.tensor([1, 1, 0, 1, 0, 1, 1], [1, 1, 1, 7]);

onBackends(() => {
  test("the long attention and its gradients are those of the weights written out, masked and not", () => {
    const [q, k, v] = draw();
    const dy = seeded(4).normal([2, 3, 5, 3]);
    for (const mask of [undefined, hiding()]) {
      const plain = (q: tf.Tensor, k: tf.Tensor, v: tf.Tensor) => attention(q, k, v, {mask})[0];
      const long = (q: tf.Tensor, k: tf.Tensor, v: tf.Tensor) => longAttention(q, k, v, {mask});
      expectClose(long(q, k, v), plain(q, k, v), 1e-6);
      const [ours, theirs] = [long, plain].map((f) => tf.grads(f)([q, k, v], dy));
      ours.forEach((gradient, i) => expectClose(gradient, theirs[i], 1e-5));
    }
  });

  test("its gradient is the slope of its value", () => {
    const [q, k, v] = draw();
    const c = seeded(4).normal([2, 3, 5, 3]);
    const mask = hiding();
    const along = (...args: [tf.Tensor, tf.Tensor, tf.Tensor]) => tf.sum(tf.mul(longAttention(...args, {mask}), c));
    expectGradient((q) => along(q, k, v) as tf.Scalar, q.shape, {at: q});
    expectGradient((k) => along(q, k, v) as tf.Scalar, k.shape, {at: k});
    expectGradient((v) => along(q, k, v) as tf.Scalar, v.shape, {at: v});
  });

  test("the mask is data, scores of any size are finite, and no tensor is left", () => {
    const [q, k, v] = [1, 2, 3].map((seed) => seeded(seed).normal([6, 4]));
    const [mask, large] = [causalMask(6), tf.mul(q, 1e4)];
    const before = tf.memory().numTensors;
    const gradients = tf.grads((q, k, v, mask) => longAttention(q, k, v, {mask}))([large, k, v, mask]);
    expect(values(gradients[3]).every((g) => g === 0)).toBe(true);
    expect(gradients.every((gradient) => values(gradient).every(Number.isFinite))).toBe(true);
    tf.dispose(gradients);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("where nothing computes it without the weights, attend is attention's first output, bit for bit", () => {
    const [q, k, v] = [1, 2, 3].map((seed) => seeded(seed).normal([300, 4]));
    expect(values(attend(q, k, v))).toEqual(values(attention(q, k, v)[0]));
  });
});

test("longAttention names what does not fit", () => {
  const [q, k] = [tf.zeros([3, 4]), tf.zeros([5, 4])];
  expect(() => longAttention(q, k, tf.zeros([4, 6]))).toThrow("expected v (S, E) with S = 5, got (4, 6)");
  expect(() => longAttention(q, k, k, {mask: tf.ones([2, 5])})).toThrow("expected a mask that broadcasts to (3, 5)");
});
