import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {attention, type AttentionParams} from "../../src/components/layers/attention.js";
import {rng} from "../../src/components/math/random.js";
import {entries, map, size} from "../../src/components/tensor/tree.js";
import {expectClose, expectGradient, seeded, value, values} from "../gradients.js";

const layer = attention(6, 2);
const params = map((leaf) => seeded(leaf.size).normal(leaf.shape, 0, 0.6), layer.init(rng(1)));
const x = seeded(2).normal([2, 5, 6]);
const numbers = (params: AttentionParams) =>
  Object.fromEntries(entries(params).map(([path, leaf]) => [path, values(leaf)]));

/** The layer as loops, in float64: token by token, head by head. */
function loops(params: AttentionParams, x: number[], [B, T, D]: number[], heads: number): number[] {
  const p = numbers(params);
  const affine = (row: number[], name: string, outputs: number) =>
    Array.from({length: outputs}, (_, o) =>
      row.reduce((sum, v, i) => sum + v * p[`${name}.weight`][i * outputs + o], p[`${name}.bias`][o])
    );
  const d = D / heads;
  return Array.from({length: B}).flatMap((_, b) => {
    const rows = Array.from({length: T}, (_, t) => affine(x.slice((b * T + t) * D, (b * T + t + 1) * D), "qkv", 3 * D));
    const part = (t: number, which: number, h: number) => rows[t].slice(which * D + h * d, which * D + (h + 1) * d);
    return rows.flatMap((_, t) => {
      const joined = Array.from({length: heads}).flatMap((_, h) => {
        const q = part(t, 0, h);
        const powers = rows.map((_, s) =>
          Math.exp(part(s, 1, h).reduce((sum, k, i) => sum + k * q[i], 0) / Math.sqrt(d))
        );
        const total = powers.reduce((sum, power) => sum + power, 0);
        return q.map((_, i) => powers.reduce((sum, power, s) => sum + (power / total) * part(s, 2, h)[i], 0));
      });
      return affine(joined, "proj", D);
    });
  });
}

test("multi-head attention is its equation as loops", () => {
  expectClose(layer.apply(params, x)[0], loops(params, values(x), x.shape, 2), 2e-6);
});

test("at D = 64 it has 16,640 parameters, for any number of heads", () => {
  for (const heads of [1, 4, 8]) expect(size(attention(64, heads).init(rng(1)))).toBe(16_640);
});

test("fresh queries, keys, values and outputs have Xavier's variance, 1 / D for a square matrix", () => {
  const {qkv, proj} = attention(64, 4).init(rng(3));
  for (const {weight} of [qkv, proj]) expect(value(tf.mean(tf.square(weight))) * 64).toBeCloseTo(1, 1);
});

test("each head's weights sum to 1, and permuting the tokens permutes the output", () => {
  const [y, weights] = layer.apply(params, x);
  expect(weights.shape).toEqual([2, 2, 5, 5]);
  expectClose(tf.sum(weights, -1), tf.ones([2, 2, 5]), 1e-6);
  const order = tf.tensor1d([3, 0, 4, 2, 1], "int32");
  expectClose(layer.apply(params, tf.gather(x, order, 1))[0], tf.gather(y, order, 1), 2e-6);
});

test("causal: another token j changes no bit of an output i < j, and the last output is that of full attention", () => {
  const causal = attention(6, 2, {causal: true});
  const row = (y: tf.Tensor, i: number) => values(tf.slice(y, [0, i, 0], [2, 1, 6]));
  const [y] = causal.apply(params, x);
  for (const j of [1, 3, 4]) {
    const change = tf.reshape(tf.oneHot(tf.scalar(j, "int32"), 5), [1, 5, 1]);
    const [changed] = causal.apply(params, tf.add(x, tf.mul(change, 3)));
    for (let i = 0; i < 5; ++i) {
      if (i < j) expect(row(changed, i)).toEqual(row(y, i));
      else expect(row(changed, i)).not.toEqual(row(y, i));
    }
  }
  const full = row(layer.apply(params, x)[0], 4);
  row(y, 4).forEach((v, i) => expect(v).toBeCloseTo(full[i], 5));
});

test("with a mask a padded sequence gives its tokens what the sequence alone gives, causal or not", () => {
  const mask = tf.tensor([1, 1, 1, 0, 0], [1, 1, 1, 5]);
  for (const each of [layer, attention(6, 2, {causal: true})]) {
    const [padded] = each.apply(params, x, mask);
    const [alone] = each.apply(params, tf.slice(x, [0, 0, 0], [2, 3, 6]));
    expectClose(tf.slice(padded, [0, 0, 0], [2, 3, 6]), alone, 1e-6);
  }
});

test("it has the gradients of its equation, for the input and every parameter", () => {
  const c = seeded(4).normal(x.shape);
  const loss = (p: AttentionParams, x: tf.Tensor) => tf.sum(tf.mul(c, layer.apply(p, x)[0]));
  expectGradient((x) => loss(params, x), x.shape, {at: x});
  for (const name of ["qkv", "proj"] as const)
    for (const [leaf, at] of Object.entries(params[name]))
      expectGradient((moved) => loss({...params, [name]: {...params[name], [leaf]: moved}}, x), at.shape, {at});
});

test("the keys' bias has no gradient: softmax ignores what all scores of a row share", () => {
  const c = seeded(5).normal(x.shape);
  const gradient = tf.grad((bias: tf.Tensor) =>
    tf.sum(tf.mul(c, layer.apply({...params, qkv: {...params.qkv, bias}}, x)[0]))
  )((params.qkv as {bias: tf.Tensor}).bias);
  const [queries, keys, ofValues] = [0, 6, 12].map((at) => value(tf.max(tf.abs(tf.slice(gradient, at, 6)))));
  expect(keys).toBeLessThan(1e-5);
  expect(Math.min(queries, ofValues)).toBeGreaterThan(0.1);
});

test("heads that do not divide the width, and a wrong input, are named", () => {
  expect(() => attention(6, 4)).toThrow("attention: expected heads that divide 6, got 4");
  expect(() => attention(6, 0)).toThrow("attention: expected heads that divide 6, got 0");
  expect(() => layer.apply(params, tf.zeros([2, 5, 4]))).toThrow("attention: expected x (B, T, 6), got (2, 5, 4)");
});
