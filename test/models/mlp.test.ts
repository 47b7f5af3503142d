import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import {mlp} from "../../src/components/models/mlp.js";
import {entries, size} from "../../src/components/tensor/tree.js";
import {expectClose, expectGradient, seeded, value, values} from "../gradients.js";

test("a perceptron of two layers is its formula, and flattens what comes", () => {
  const net = mlp([6, 5, 3]);
  const {params} = net.init(rng(1));
  const x = seeded(2).normal([4, 2, 3]);
  const {fc1, fc2} = params as Record<string, {weight: tf.Tensor; bias: tf.Tensor}>;
  const hidden = tf.relu(tf.add(tf.matMul(tf.reshape(x, [4, 6]), fc1.weight as tf.Tensor2D), fc1.bias));
  const expected = tf.add(tf.matMul(hidden as tf.Tensor2D, fc2.weight as tf.Tensor2D), fc2.bias);
  const [y, , aux] = net.apply(params, {}, x);
  expectClose(y, expected, 1e-6);
  expectClose(aux.fc1, hidden, 1e-6);
});

test("784-100-10 has 79,510 parameters", () => {
  const {params} = mlp([784, 100, 10]).init(rng(1));
  expect(size(params)).toBe(784 * 100 + 100 + 100 * 10 + 10);
  expect(entries(params).map(([path]) => path)).toEqual(["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"]);
});

test("hidden layers begin with variance 2/n, the last with 1/n: no ReLU follows it", () => {
  const {params} = mlp([50, 200, 100]).init(rng(3));
  const square = ({weight}: {weight: tf.Tensor}) => value(tf.mean(tf.square(weight)));
  expect(square(params.fc1) / (2 / 50)).toBeCloseTo(1, 1);
  expect(square(params.fc2) / (1 / 200)).toBeCloseTo(1, 1);
});

test("its gradient is that of its formula, for the input and a first weight", () => {
  const net = mlp([4, 8, 3]);
  const {params} = net.init(rng(4));
  const x = seeded(5).normal([2, 4]);
  const loss = (p: typeof params, x: tf.Tensor) => tf.mean(tf.tanh(net.apply(p, {}, x)[0]));
  expectGradient((x) => loss(params, x), [2, 4], {step: 1e-3, within: 2e-3}); // a short step, away from ReLU's kinks
  expectGradient((weight) => loss({...params, fc1: {...params.fc1, weight}}, x), [4, 8], {step: 1e-3, within: 2e-3});
});

test("dropout's masks come from noise, act in their layer, and are absent in evaluation", () => {
  const net = mlp([4, 6, 2], {rate: 0.5});
  const {params} = net.init(rng(6));
  const drawn = net.noise!(rng(7), 3);
  expect(Object.entries(drawn).map(([name, {shape}]) => [name, shape])).toEqual([["fc1", [3, 6]]]);
  const x = seeded(8).normal([3, 4]);
  const none = tf.zeros([3, 6]);
  const [dropped] = net.apply(params, {}, x, {training: true, noise: {fc1: none}});
  expect(values(dropped)).toEqual([0, 0, 0, 0, 0, 0]); // all hidden units dropped: the bias, which begins at 0
  expectClose(net.apply(params, {}, x, {noise: {fc1: tf.ones([3, 6])}})[0], net.apply(params, {}, x)[0], 0);
  expect(mlp([4, 6, 2]).noise!(rng(7), 3)).toEqual({});
});

test("fewer than two sizes are named", () => {
  expect(() => mlp([4])).toThrow("mlp: expected at least two sizes, got [4]");
});
