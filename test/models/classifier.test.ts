import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {crossEntropy} from "../../src/components/losses/crossEntropy.js";
import {rng} from "../../src/components/math/random.js";
import {classifier} from "../../src/components/models/classifier.js";
import {mlp} from "../../src/components/models/mlp.js";
import type {Encoder} from "../../src/components/models/model.js";
import {resnet} from "../../src/components/models/resnet.js";
import {entries} from "../../src/components/tensor/tree.js";
import {expectClose, seeded, value, values} from "../gradients.js";

/** The encoder that hands its input on. */
const identity = (features: number): Encoder => ({
  features,
  init: () => ({params: {}, stats: {}}),
  apply: (_, stats, x) => [x, stats, {}]
});

const {weight, bias} = {weight: seeded(1).normal([3, 2]), bias: seeded(2).normal([2])};

test("logits are W times the mean over height and width, plus b: where a feature stands does not matter", () => {
  const net = classifier(identity(3), 2);
  const map = seeded(3).normal([2, 4, 5, 3]);
  const [logits] = net.apply({fc: {weight, bias}}, {}, map);
  const expected = tf.add(tf.matMul(tf.mean(map, [1, 2]) as tf.Tensor2D, weight as tf.Tensor2D), bias);
  expectClose(logits, expected, 1e-5);
  expectClose(net.apply({fc: {weight, bias}}, {}, tf.reverse(map, [1, 2]))[0], logits, 1e-5);
});

test("a feature vector goes to the head as it is", () => {
  const x = seeded(4).normal([5, 3]);
  const [logits, , {features}] = classifier(identity(3), 2).apply({fc: {weight, bias}}, {}, x);
  expectClose(logits, tf.add(tf.matMul(x as tf.Tensor2D, weight as tf.Tensor2D), bias), 1e-6);
  expect(features).toBe(x);
});

test("the encoder's parameters, statistics, masks and inner values come through, with fc beside them", () => {
  const encoder = mlp([4, 6, 3], {rate: 0.5});
  const net = classifier(encoder, 2);
  const {params} = net.init(rng(5));
  expect(entries(params).map(([path]) => path)).toEqual([
    "fc1.weight",
    "fc1.bias",
    "fc2.weight",
    "fc2.bias",
    "fc.weight",
    "fc.bias"
  ]);
  expect(net.noise!(rng(6), 2)).toEqual(encoder.noise!(rng(6), 2));
  expect(values(net.init(rng(5)).params.fc1.weight)).toEqual(values(encoder.init(rng(5)).params.fc1.weight));
  const [, , aux] = net.apply(params, {}, tf.ones([1, 4]));
  expect(Object.keys(aux)).toEqual(["fc1", "features"]);
});

test("a fresh classifier's loss is log 10 within 0.1, in training and in evaluation", () => {
  const net = classifier(resnet({depth: 18, width: 4}), 10);
  const labels = seeded(7).labels(16, 10);
  for (const seed of [1, 2, 3]) {
    const {params, stats} = net.init(rng(seed));
    const x = seeded(seed).normal([16, 8, 8, 3]);
    for (const training of [true, false]) {
      const [logits] = net.apply(params, stats, x, {training});
      expect(Math.abs(value(crossEntropy(logits, labels)) - Math.log(10))).toBeLessThan(0.1);
    }
  }
});

test("fewer than two classes are named", () => {
  expect(() => classifier(identity(3), 1)).toThrow("classifier: expected at least 2 classes, got 1");
});
