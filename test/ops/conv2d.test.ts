import * as tf from "@tensorflow/tfjs";
import {describe, expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import {conv2d} from "../../src/components/ops/conv2d.js";
import {expectGradient, seeded} from "../gradients.js";
import {onBackends} from "./onBackends.js";
import {relativeError} from "./relativeError.js";

interface Case {
  x: [number, number, number, number];
  filter: [number, number, number, number];
  stride?: number;
  padding?: number;
  dilation?: number;
}

const cases: Case[] = [
  {x: [2, 8, 8, 4], filter: [3, 3, 4, 8], padding: 1},
  {x: [1, 7, 5, 3], filter: [3, 3, 3, 5], padding: 1},
  {x: [2, 8, 8, 4], filter: [3, 3, 4, 6], stride: 2, padding: 1}, // the last row and column are never reached
  {x: [2, 7, 9, 3], filter: [3, 3, 3, 5], stride: 2, padding: 1},
  {x: [1, 9, 8, 5], filter: [3, 2, 5, 3], stride: 3, padding: 2},
  {x: [3, 8, 6, 4], filter: [1, 1, 4, 7], stride: 2},
  {x: [2, 5, 5, 6], filter: [1, 1, 6, 4]},
  {x: [2, 6, 6, 3], filter: [1, 1, 3, 2], stride: 2, padding: 1},
  {x: [2, 9, 9, 2], filter: [3, 3, 2, 3], padding: 2, dilation: 2},
  {x: [1, 11, 10, 3], filter: [3, 3, 3, 2], stride: 2, padding: 3, dilation: 2},
  {x: [2, 6, 7, 3], filter: [2, 4, 3, 5], padding: 0},
  {x: [2, 6, 7, 2], filter: [3, 3, 2, 3], padding: 4}, // padding beyond the filter's reach
  {x: [1, 3, 3, 1], filter: [3, 3, 1, 1]},
  {x: [4, 10, 3, 1], filter: [7, 3, 1, 9], stride: 2, padding: 3},
  {x: [2, 9, 9, 2], filter: [5, 5, 2, 3], stride: 3, padding: 2},
  {x: [2, 9, 6, 2], filter: [2, 1, 2, 3], stride: 3, padding: 1}, // pixels that no output sees
  {x: [1, 6, 8, 3], filter: [3, 3, 3, 2], stride: 2, padding: 4},
  {x: [2, 4, 4, 17], filter: [3, 3, 17, 16], padding: 1}
];

const size = (shape: number[]) => shape.reduce((product, n) => product * n, 1);

/** The definition, its derivative for x and its derivative for the filter, as loops in float64. */
function loops(c: Case, x: Float32Array, w: Float32Array, dy: (length: number) => Float32Array) {
  const {stride = 1, padding = 0, dilation = 1} = c;
  const [N, H, W, I] = c.x;
  const [h, wd, , O] = c.filter;
  const OH = Math.floor((H + 2 * padding - dilation * (h - 1) - 1) / stride) + 1;
  const OW = Math.floor((W + 2 * padding - dilation * (wd - 1) - 1) / stride) + 1;
  const y = new Float64Array(N * OH * OW * O);
  const up = dy(y.length);
  const dx = new Float64Array(x.length);
  const dw = new Float64Array(w.length);
  for (let n = 0; n < N; ++n)
    for (let u = 0; u < OH; ++u)
      for (let v = 0; v < OW; ++v)
        for (let i = 0; i < h; ++i)
          for (let j = 0; j < wd; ++j) {
            const [r, s] = [u * stride + i * dilation - padding, v * stride + j * dilation - padding];
            if (r < 0 || r >= H || s < 0 || s >= W) continue;
            for (let a = 0; a < I; ++a)
              for (let o = 0; o < O; ++o) {
                const [p, q] = [((n * H + r) * W + s) * I + a, ((i * wd + j) * I + a) * O + o];
                const k = ((n * OH + u) * OW + v) * O + o;
                y[k] += x[p] * w[q];
                dx[p] += up[k] * w[q];
                dw[q] += up[k] * x[p];
              }
          }
  return {y, shape: [N, OH, OW, O], up, dx, dw};
}

onBackends(() => {
  test.each(cases)("conv2d and both its gradients are the sums of the definition: %j", (c) => {
    const stream = rng(5);
    const [x, w] = [stream.normal(size(c.x)), stream.normal(size(c.filter))];
    const expected = loops(c, x, w, (length) => stream.normal(length));
    const run = (image: tf.Tensor, filter: tf.Tensor) => conv2d(image, filter, c);
    const inputs = [tf.tensor(x, c.x), tf.tensor(w, c.filter)];
    const y = run(inputs[0], inputs[1]);
    expect(y.shape).toEqual(expected.shape);
    expect(relativeError(y, expected.y)).toBeLessThan(2e-6);
    const [dx, dw] = tf.grads(run)(inputs, tf.tensor(expected.up, expected.shape));
    expect(relativeError(dx, expected.dx)).toBeLessThan(2e-6);
    expect(relativeError(dw, expected.dw)).toBeLessThan(2e-6);
  });

  test("the gradients of conv2d have gradients: a penalty on ∂L/∂x is differentiable", () => {
    const x = seeded(1).normal([2, 6, 5, 2]);
    const penalty = (filter: tf.Tensor) =>
      tf.sum(tf.square(tf.grad((image: tf.Tensor) => tf.sum(tf.square(conv2d(image, filter, {stride: 2, padding: 1}))))(x))); // prettier-ignore
    expectGradient((filter) => tf.mul(penalty(filter), 0.01), [3, 3, 2, 3], {within: 2e-3});
    const slope = (image: tf.Tensor) =>
      tf.sum(tf.square(tf.grad((f: tf.Tensor) => tf.sum(tf.square(conv2d(image, f))))(seeded(2).normal([3, 3, 2, 2])))); // prettier-ignore
    expectGradient((image) => tf.mul(slope(image), 1e-4), [1, 5, 5, 2], {within: 2e-3});
  });

  test("a gradient of conv2d leaves no tensor behind", () => {
    const [x, filter] = [seeded(1).normal([2, 8, 8, 3]), seeded(2).normal([3, 3, 3, 4])];
    const before = tf.memory().numTensors;
    for (const stride of [1, 2])
      tf.dispose(tf.grads((a, b) => conv2d(a, b, {stride, padding: 1}).square().sum())([x, filter]));
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("conv2d names what it was given", () => {
  const x = tf.zeros([1, 4, 4, 2]);
  test.each([
    [[3, 3, 3, 1], {}, "conv2d: expected filter (h, w, I, O) with I = 2, got (3, 3, 3, 1)"],
    [[3, 3, 2, 1], {stride: 0}, "conv2d: expected an integer stride ≥ 1, got 0"],
    [[3, 3, 2, 1], {padding: 0.5}, "conv2d: expected an integer padding ≥ 0, got 0.5"],
    [[3, 3, 2, 1], {dilation: 2}, "conv2d: expected a filter within the padded image (4, 4), got one that reaches over (5, 5)"] // prettier-ignore
  ])("%j %j", (filter, options, message) => {
    expect(() => conv2d(x, tf.zeros(filter as number[]), options)).toThrow(message);
  });
});
