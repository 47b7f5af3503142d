import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {patchEmbedding, patchify, unpatchify} from "../../src/components/layers/patchEmbedding.js";
import {rng} from "../../src/components/math/random.js";
import {expectClose, expectGradient, seeded, value, values} from "../gradients.js";
import {onBackends} from "../ops/onBackends.js";

const layer = patchEmbedding(3, 5, 2);
const filter = () => ({weight: seeded(1).normal([2, 2, 3, 5]), bias: seeded(2).normal([5])});

onBackends(() => {
  test("the convolution with stride P is a linear map of the unfolded patches", () => {
    const x = seeded(3).normal([2, 4, 6, 3]);
    const proj = filter();
    const rows = tf.reshape(patchify(x, 2), [12, 12]) as tf.Tensor2D;
    const expected = tf.add(tf.matMul(rows, tf.reshape(proj.weight, [12, 5]) as tf.Tensor2D), proj.bias);
    expectClose(layer.apply({proj}, x), tf.reshape(expected, [2, 6, 5]), 1e-5);
  });

  test("patches come in reading order, and unpatchify undoes patchify exactly", () => {
    const image = tf.reshape(tf.range(0, 16), [1, 4, 4, 1]);
    expect(values(patchify(image, 2))).toEqual([0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15]);
    const x = seeded(4).normal([2, 4, 6, 3]);
    expectClose(unpatchify(patchify(x, 2), 2, [4, 6]), x, 0);
  });

  test("it has the gradients of its formula, for the image, the filter and the bias", () => {
    const x = seeded(3).normal([1, 4, 4, 3]);
    const {weight, bias} = filter();
    const c = seeded(5).normal([1, 4, 5]);
    const loss = (y: tf.Tensor) => tf.sum(tf.mul(c, tf.tanh(y)));
    expectGradient((x) => loss(layer.apply({proj: {weight, bias}}, x)), x.shape, {at: tf.mul(x, 0.3)});
    const small = tf.mul(x, 0.1);
    expectGradient((weight) => loss(layer.apply({proj: {weight, bias}}, small)), weight.shape, {at: weight});
    expectGradient((bias) => loss(layer.apply({proj: {weight, bias}}, x)), bias.shape, {at: bias});
  });
});

test("a fresh embedding keeps the variance of white images", () => {
  const embed = patchEmbedding(3, 128, 4);
  const y = embed.apply(embed.init(rng(1)), seeded(6).normal([16, 16, 16, 3]));
  expect(value(tf.mean(tf.square(y)))).toBeCloseTo(1, 1);
});

test("a patch size that does not divide the image, and rows that are no image's, are named", () => {
  expect(() => patchify(tf.zeros([1, 4, 6, 3]), 4)).toThrow(
    "patchify: expected a patch size that divides 4 and 6, got 4"
  );
  expect(() => layer.apply(layer.init(rng(1)), tf.zeros([1, 5, 4, 3]))).toThrow(
    "patchEmbedding: expected a patch size"
  );
  expect(() => unpatchify(tf.zeros([1, 5, 12]), 2, [4, 4])).toThrow(
    "unpatchify: expected rows (B, 4, E), got (1, 5, 12)"
  );
});
