import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {stopGradient, valueAndGrad} from "../../src/components/tensor/grad.js";
import {expectGradient, seeded, value, values} from "../gradients.js";

test("valueAndGrad of ½ xᵀAx + bᵀx is its value and (A + Aᵀ) x / 2 + b, as a tree", () => {
  const a = tf.tensor2d([1, 2, 0, 3], [2, 2]);
  const params = {x: tf.tensor2d([1, -1], [2, 1]), inner: {b: tf.tensor2d([4, 5], [2, 1])}};
  const [loss, grads] = valueAndGrad(({x, inner}: typeof params) => [
    tf.add(tf.mul(0.5, tf.sum(tf.mul(x, tf.matMul(a, x)))), tf.sum(tf.mul(x, inner.b))) as tf.Scalar,
    null
  ])(params);
  expect(value(loss)).toBeCloseTo(1 - 1, 6);
  expect(values(grads.x)).toEqual([0 + 4, -2 + 5]);
  expect(values(grads.inner.b)).toEqual([1, -1]);
});

test("auxiliary outputs survive, tensors from outside pass through as themselves, and nothing leaks", () => {
  const params = {w: seeded(1).normal([3])};
  const [outside, kept] = [tf.scalar(2), tf.keep(tf.scalar(3))];
  const before = tf.memory().numTensors;
  const [loss, grads, aux] = valueAndGrad(({w}: typeof params) => {
    const squares = tf.square(w);
    const twice = [squares, squares] as const;
    return [tf.sum(squares) as tf.Scalar, {twice, note: "plain", outside, kept, w, deep: [{x: tf.mul(w, outside)}]}];
  })(params);
  expect(aux.outside).toBe(outside);
  expect(aux.kept).toBe(kept);
  expect(aux.w).toBe(params.w);
  expect(aux.note).toBe("plain");
  expect(values(aux.deep[0].x)).toEqual(values(params.w).map((w) => Math.fround(2 * w)));
  expect(values(aux.twice[1])).toEqual(values(tf.tidy(() => tf.square(params.w))));
  expect([outside, kept, params.w].some((t) => t.isDisposed)).toBe(false);
  tf.dispose([loss, grads, aux.twice[0], aux.deep[0].x]);
  expect(tf.memory().numTensors - before).toBe(1); // the tensor that squared w for the comparison above
});

test("the loss may stand among the auxiliary outputs", () => {
  const params = {w: tf.tensor1d([3, 4])};
  const [loss, , aux] = valueAndGrad(({w}: typeof params) => {
    const loss = tf.sum(tf.square(w)) as tf.Scalar;
    return [loss, {loss}];
  })(params);
  expect([value(loss), value(aux.loss)]).toEqual([25, 25]);
});

test("the caller's tidy owns what valueAndGrad returns", () => {
  const params = {w: seeded(2).normal([3])};
  const before = tf.memory().numTensors;
  const kept = tf.tidy(() => {
    const [, , aux] = valueAndGrad(({w}: typeof params) => [tf.sum(tf.square(w)) as tf.Scalar, {y: tf.exp(w)}])(params);
    return aux.y;
  });
  expect(values(kept)).toEqual(values(params.w).map((w) => expect.closeTo(Math.exp(w), 5)));
  expect(tf.memory().numTensors).toBe(before + 1);
});

test("nothing leaks when the function throws", () => {
  const params = {w: seeded(3).normal([3])};
  const before = tf.memory().numTensors;
  const bad = valueAndGrad(({w}: typeof params): [tf.Scalar, null] => {
    tf.square(w);
    throw new RangeError("bad");
  });
  expect(() => bad(params)).toThrow("bad");
  expect(tf.memory().numTensors).toBe(before);
});

test("every parameter the loss does not depend on is named, and nothing leaks", () => {
  const params = {blocks: {0: {qkv: {weight: tf.ones([2])}}}, used: tf.ones([2]), idle: tf.ones([1])};
  const before = tf.memory().numTensors;
  const f = valueAndGrad(({used}: typeof params) => [tf.sum(used) as tf.Scalar, {y: tf.square(used)}]);
  expect(() => f(params)).toThrow("valueAndGrad: the loss does not depend on blocks.0.qkv.weight, idle");
  expect(tf.memory().numTensors).toBe(before);
});

test("stopGradient is the identity with a zero gradient", () => {
  const x = seeded(4).normal([5]);
  expect(values(stopGradient(x))).toEqual(values(x));
  const g = tf.grad((y: tf.Tensor) => tf.sum(tf.mul(y, stopGradient(y))))(x); // d(y · const)/dy = const = x
  expect(values(g)).toEqual(values(x));
  expect(() => expectGradient((y) => tf.sum(tf.mul(y, stopGradient(y))), [5])).toThrow("expected the slope");
});
