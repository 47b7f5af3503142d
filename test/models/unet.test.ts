import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import {unet} from "../../src/components/models/unet.js";
import {valueAndGrad} from "../../src/components/tensor/grad.js";
import {entries, size} from "../../src/components/tensor/tree.js";
import {seeded, values} from "../gradients.js";

test("its parameters, counted: two filters and two norms a block, the skips in the inputs of the upper ones", () => {
  const block = (i: number, o: number) => 9 * i * o + 9 * o * o + 4 * o;
  const {params} = unet({width: 4, levels: 3}).init(rng(1));
  const expected = block(3, 4) + block(4, 8) + block(8, 16) + block(16 + 8, 8) + block(8 + 4, 4) + 4 + 1;
  expect(size(params)).toBe(expected);
});

test("a logit for every pixel, and the gradient reaches every leaf", () => {
  const net = unet({width: 2, levels: 3});
  const {params, stats} = net.init(rng(2));
  const x = seeded(1).normal([2, 8, 8, 3]);
  const towards = seeded(2).normal([2, 8, 8, 1]);
  const [, grads] = valueAndGrad((p: typeof params) => {
    const [y] = net.apply(p, stats, x, {training: true});
    return [tf.sum(tf.mul(y, towards)) as tf.Scalar, {}];
  })(params);
  for (const [path, leaf] of entries(grads)) expect(Math.max(...values(tf.abs(leaf))), path).toBeGreaterThan(0);
});

test("without its skips it could not tell neighbouring pixels apart: one pixel's change reaches its own logit most", () => {
  const net = unet({width: 2, levels: 3});
  const {params, stats} = net.init(rng(3));
  const at = (image: tf.Tensor) => net.apply(params, stats, image)[0];
  const x = seeded(3).normal([1, 16, 16, 3]);
  const dot = tf.tidy(() =>
    tf.mul(tf.oneHot(tf.tensor1d([(8 * 16 + 5) * 3], "int32"), 768).reshape([1, 16, 16, 3]), 5)
  );
  const change = values(tf.abs(tf.sub(at(tf.add(x, dot)), at(x))));
  const [row, column] = [
    Math.floor(change.indexOf(Math.max(...change)) / 16),
    change.indexOf(Math.max(...change)) % 16
  ];
  expect(Math.max(Math.abs(row - 8), Math.abs(column - 5))).toBeLessThanOrEqual(2);
});

test("unet names sides that cannot be halved", () => {
  const net = unet({levels: 3});
  const {params, stats} = net.init(rng(1));
  expect(() => net.apply(params, stats, tf.zeros([1, 10, 8, 3]))).toThrow("unet: expected sides that 2 halvings leave whole, got 10 × 8"); // prettier-ignore
});
