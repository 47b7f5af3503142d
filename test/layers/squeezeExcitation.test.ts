import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {squeezeExcitation, type SqueezeParams} from "../../src/components/layers/squeezeExcitation.js";
import {rng} from "../../src/components/math/random.js";
import {expectClose, expectGradient, seeded, values} from "../gradients.js";

const layer = squeezeExcitation(3, 2);
const x = seeded(1).normal([2, 2, 3, 3], 0.5);
const params: SqueezeParams = {
  fc1: {weight: seeded(2).normal([3, 2]), bias: seeded(3).normal([2])},
  fc2: {weight: seeded(4).normal([2, 3]), bias: seeded(5).normal([3])}
};

test("it is eq. 2 to 4 as loops: a mean over places, two maps, and one factor for each image and channel", () => {
  const [X, W1, b1] = [values(x), values(params.fc1.weight), values((params.fc1 as {bias: tf.Tensor}).bias)];
  const [W2, b2] = [values(params.fc2.weight), values((params.fc2 as {bias: tf.Tensor}).bias)];
  const sigmoid = (t: number) => 1 / (1 + Math.exp(-t));
  const expected: number[] = [];
  for (let n = 0; n < 2; ++n) {
    const z = [0, 1, 2].map((c) => [0, 1, 2, 3, 4, 5].reduce((sum, place) => sum + X[(n * 6 + place) * 3 + c] / 6, 0));
    const inner = [0, 1].map((r) => z.reduce((sum, value, c) => sum + value * W1[c * 2 + r], b1[r]));
    const s = [0, 1, 2].map((c) => sigmoid(inner.reduce((sum, t, r) => sum + t * sigmoid(t) * W2[r * 3 + c], b2[c])));
    for (let place = 0; place < 6; ++place)
      for (let c = 0; c < 3; ++c) expected.push(s[c] * X[(n * 6 + place) * 3 + c]);
  }
  expectClose(layer.apply(params, x)[0], expected, 1e-5);
});

test("its weights lie between 0 and 1 and do not know where in the image things are", () => {
  const [, weights] = layer.apply(params, x);
  expect(values(weights).every((s) => s > 0 && s < 1)).toBe(true);
  expectClose(layer.apply(params, tf.reverse(x, [1, 2]))[1], weights, 1e-6);
});

test("it has the gradients of its formula, for x and for every parameter", () => {
  const loss = (params: SqueezeParams, x: tf.Tensor) => tf.sum(tf.sin(layer.apply(params, x)[0]));
  expectGradient((x) => loss(params, x), x.shape, {at: x});
  for (const name of ["fc1", "fc2"] as const)
    for (const part of ["weight", "bias"] as const) {
      const leaf = (params[name] as Record<string, tf.Tensor>)[part];
      const changed = (t: tf.Tensor) => ({...params, [name]: {...params[name], [part]: t}});
      expectGradient((t) => loss(changed(t), x), leaf.shape, {at: leaf});
    }
});

test("an input with other channels is named", () => {
  expect(() => layer.apply(layer.init(rng(1)), tf.zeros([1, 2, 2, 4]))).toThrow("expected x (B, H, W, 3)");
});
