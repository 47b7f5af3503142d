import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import {embeddingNet} from "../../src/components/models/embeddingNet.js";
import {valueAndGrad} from "../../src/components/tensor/grad.js";
import {entries, size} from "../../src/components/tensor/tree.js";
import {expectClose, seeded, values} from "../gradients.js";

const images = () => seeded(1).uniform([4, 28, 28, 1]);

test("three stages of w filters and a linear map: 9 w + 18 w² + 6 w + 9 w D + D parameters", () => {
  const {params} = embeddingNet({width: 8, dimensions: 5}).init(rng(1));
  expect(size(params)).toBe(9 * 8 + 2 * 9 * 64 + 3 * 16 + 9 * 8 * 5 + 5);
});

test("embeddings have length 1, or are left as they are in the same direction", () => {
  const [unit, free] = [true, false].map((unit) => embeddingNet({width: 4, dimensions: 3, unit}));
  const {params, stats} = unit.init(rng(2));
  const [a, b] = [unit, free].map((net) => net.apply(params, stats, images())[0]);
  expectClose(tf.sum(tf.square(a), 1), [1, 1, 1, 1], 1e-5);
  expectClose(tf.div(b, tf.norm(b, 2, 1, true)), a, 1e-5);
});

test("the gradient reaches every leaf, and training moves the statistics", () => {
  const net = embeddingNet({width: 4, dimensions: 3});
  const {params, stats} = net.init(rng(3));
  const towards = seeded(4).normal([4, 3]);
  const [, grads, moved] = valueAndGrad((p: typeof params) => {
    const [z, moved] = net.apply(p, stats, images(), {training: true});
    return [tf.sum(tf.mul(z, towards)) as tf.Scalar, moved];
  })(params);
  for (const [path, leaf] of entries(grads)) expect(Math.max(...values(tf.abs(leaf))), path).toBeGreaterThan(0);
  expect(values((moved as typeof stats).stages.stage1.bn.running_mean)).not.toEqual([0, 0, 0, 0]);
});

test("embeddingNet names images of another size", () => {
  const net = embeddingNet();
  const {params, stats} = net.init(rng(1));
  expect(() => net.apply(params, stats, tf.zeros([1, 32, 32, 1]))).toThrow("embeddingNet: expected x (B, 28, 28, 1)");
});
