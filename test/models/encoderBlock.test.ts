import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {attention} from "../../src/components/layers/attention.js";
import {feedForward} from "../../src/components/layers/feedForward.js";
import {layerNorm} from "../../src/components/layers/layerNorm.js";
import {encoderBlock} from "../../src/components/models/encoderBlock.js";
import {rng} from "../../src/components/math/random.js";
import {entries, map, mapAt, size} from "../../src/components/tensor/tree.js";
import {expectClose, expectGradient, seeded, value, values} from "../gradients.js";

const block = encoderBlock(6, 2, {mlp: 8, dropout: 0.5, dropPath: 0.5});
const params = map((leaf) => seeded(leaf.size).normal(leaf.shape, 0, 0.5), block.init(rng(1)));
const x = seeded(2).normal([2, 4, 6]);

test("y = h + MLP(LN h) with h = x + MSA(LN x), and the weights are the attention's", () => {
  const norm = layerNorm(6, {epsilon: 1e-6});
  const [mixed, weights] = attention(6, 2).apply(params.attn, norm.apply(params.norm1, x));
  const h = tf.add(x, mixed);
  const expected = tf.add(h, feedForward(6, 8).apply(params.mlp, norm.apply(params.norm2, h)));
  const [y, handedOut] = block.apply(params, x);
  expectClose(y, expected, 1e-6);
  expectClose(handedOut, weights, 0);
});

test("with the last maps of both branches at 0 the block is the identity", () => {
  const silent = mapAt((path, leaf) => (/attn\.proj|mlp\.fc2/.test(path) ? tf.zerosLike(leaf) : leaf), params);
  expectClose(block.apply(silent, x)[0], x, 0);
});

test("the norms stand inside the branches: scaling the input scales what the branches are added to, not them", () => {
  const branches = (x: tf.Tensor) => tf.sub(block.apply(params, x)[0], x);
  const onlyAttention = mapAt((path, leaf) => (/mlp\.fc2/.test(path) ? tf.zerosLike(leaf) : leaf), params);
  const mixed = (x: tf.Tensor) => tf.sub(block.apply(onlyAttention, x)[0], x);
  expect(value(tf.max(tf.abs(mixed(x))))).toBeGreaterThan(0.1);
  expectClose(mixed(tf.mul(x, 8)), mixed(x), 1e-4);
  expect(value(tf.max(tf.abs(tf.sub(branches(tf.mul(x, 8)), branches(x)))))).toBeGreaterThan(0.1);
});

test("a block has 4 D² + 2 D hidden + 9 D + hidden parameters", () => {
  expect(size(params)).toBe(4 * 36 + 2 * 6 * 8 + 9 * 6 + 8);
  expect(size(encoderBlock(6, 2).init(rng(1)))).toBe(4 * 36 + 2 * 6 * 24 + 9 * 6 + 24);
});

test("permuting the tokens permutes the output", () => {
  const order = tf.tensor1d([2, 0, 3, 1], "int32");
  expectClose(block.apply(params, tf.gather(x, order, 1))[0], tf.gather(block.apply(params, x)[0], order, 1), 1e-5);
});

test("it has the gradients of its formula, for the input and every parameter", () => {
  const c = seeded(3).normal(x.shape);
  const loss = (p: typeof params, x: tf.Tensor) => tf.sum(tf.mul(c, block.apply(p, x)[0]));
  const options = {step: 3e-3, within: 2e-3}; // norms bend fast where a row's deviation is small
  expectGradient((x) => loss(params, x), x.shape, {at: x, ...options});
  for (const [path, at] of entries(params))
    expectGradient(
      (moved) =>
        loss(
          mapAt((name, leaf) => (name === path ? moved : leaf), params),
          x
        ),
      at.shape,
      {
        at,
        ...options
      }
    );
});

test("a skipped branch is left out for its image alone", () => {
  const second = tf.tensor([0, 1], [2, 1, 1]); // the first image skips
  const [full] = block.apply(params, x);
  const [y] = block.apply(params, x, {drop_path1: second, drop_path2: second});
  const [[y1, y2], [x1], [, full2]] = [y, x, full].map((t) => tf.unstack(t));
  expectClose(y1, x1, 0);
  expectClose(y2, full2, 0);
});

test("noise has a mask for every place that drops, with the probability asked for", () => {
  const drawn = block.noise(rng(4), 3, 5);
  expect(Object.fromEntries(Object.entries(drawn).map(([name, {shape}]) => [name, shape]))).toEqual({
    "attn.proj_drop": [3, 5, 6],
    "mlp.drop1": [3, 5, 8],
    "mlp.drop2": [3, 5, 6],
    drop_path1: [3, 1, 1],
    drop_path2: [3, 1, 1]
  });
  for (const {data} of Object.values(drawn)) expect([...data].every((v) => v === 0 || v === 2)).toBe(true);
  expect(values(tf.tensor(drawn["mlp.drop1"].data))).not.toEqual(values(tf.tensor(drawn["attn.proj_drop"].data)));
  expect(encoderBlock(6, 2).noise(rng(4), 3, 5)).toEqual({});
  expect(Object.keys(encoderBlock(6, 2, {dropPath: 0.1}).noise(rng(4), 3, 5))).toEqual(["drop_path1", "drop_path2"]);
});

test("every mask acts: with it the output is another", () => {
  const [y] = block.apply(params, x);
  for (const [name, {data, shape}] of Object.entries(block.noise(rng(8), 2, 4))) {
    const [masked] = block.apply(params, x, {[name]: tf.tensor(data, shape)});
    expect(value(tf.max(tf.abs(tf.sub(masked, y)))), name).toBeGreaterThan(0.01);
  }
});
