import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {rng} from "../../src/components/math/random.js";
import {conv2d} from "../../src/components/ops/conv2d.js";
import {depthwiseConv2d} from "../../src/components/ops/depthwiseConv2d.js";
import {expectClose, expectGradient, seeded} from "../gradients.js";
import {onBackends} from "./onBackends.js";
import {relativeError} from "./relativeError.js";

interface Case {
  x: [number, number, number, number];
  kernel: [number, number];
  stride?: number;
  padding?: number;
}

const cases: Case[] = [
  {x: [2, 8, 8, 4], kernel: [3, 3], padding: 1},
  {x: [1, 7, 5, 3], kernel: [7, 7], padding: 3},
  {x: [2, 8, 8, 5], kernel: [3, 3], stride: 2, padding: 1}, // the last row and column are never reached
  {x: [2, 9, 7, 3], kernel: [5, 3], stride: 2, padding: 2},
  {x: [1, 6, 8, 1], kernel: [1, 1], stride: 2},
  {x: [2, 9, 6, 2], kernel: [2, 1], stride: 3, padding: 1}, // pixels that no output sees
  {x: [1, 3, 3, 2], kernel: [3, 3]},
  {x: [1, 4, 4, 2], kernel: [3, 3], padding: 4} // padding beyond the filter's reach
];

/** The definition, its derivative for x and its derivative for the filter, as loops in float64. */
function loops(
  {x: [N, H, W, C], kernel: [h, w], stride = 1, padding = 0}: Case,
  x: Float32Array,
  filter: Float32Array
) {
  const [rows, columns] = [H - h, W - w].map((n) => Math.floor((n + 2 * padding) / stride) + 1);
  const y = new Float64Array(N * rows * columns * C);
  const up = rng(7).normal(y.length);
  const [dx, dw] = [new Float64Array(x.length), new Float64Array(filter.length)];
  for (let n = 0; n < N; ++n)
    for (let u = 0; u < rows; ++u)
      for (let v = 0; v < columns; ++v)
        for (let i = 0; i < h; ++i)
          for (let j = 0; j < w; ++j) {
            const [r, s] = [u * stride + i - padding, v * stride + j - padding];
            if (r < 0 || r >= H || s < 0 || s >= W) continue;
            for (let c = 0; c < C; ++c) {
              const [p, q, k] = [
                ((n * H + r) * W + s) * C + c,
                (i * w + j) * C + c,
                ((n * rows + u) * columns + v) * C + c
              ];
              y[k] += x[p] * filter[q];
              dx[p] += up[k] * filter[q];
              dw[q] += up[k] * x[p];
            }
          }
  return {y, up, dx, dw, shape: [N, rows, columns, C]};
}

const size = (shape: number[]) => shape.reduce((product, n) => product * n, 1);

onBackends(() => {
  test.each(cases)("depthwiseConv2d and both its gradients are the sums of the definition: %j", (c) => {
    const [h, w] = c.kernel;
    const shape = [h, w, 1, c.x[3]];
    const [x, filter] = [rng(5).normal(size(c.x)), rng(6).normal(size(shape))];
    const expected = loops(c, x, filter);
    const inputs = [tf.tensor(x, c.x), tf.tensor(filter, shape)];
    const run = (x: tf.Tensor, filter: tf.Tensor) => depthwiseConv2d(x, filter, c);
    const y = run(inputs[0], inputs[1]);
    expect(y.shape).toEqual(expected.shape);
    expect(relativeError(y, expected.y)).toBeLessThan(2e-6);
    const [dx, dw] = tf.grads(run)(inputs, tf.tensor(expected.up, expected.shape));
    expect(dw.shape).toEqual(shape);
    expect(relativeError(dx, expected.dx)).toBeLessThan(2e-6);
    expect(relativeError(dw, expected.dw)).toBeLessThan(2e-6);
  });

  test("it is the convolution whose filter is 0 between different channels", () => {
    const [x, filter] = [seeded(1).normal([2, 6, 7, 4]), seeded(2).normal([3, 3, 1, 4])];
    const grouped = tf.mul(filter, tf.eye(4)); // (3, 3, 4, 4), on the diagonal of (I, O)
    expectClose(depthwiseConv2d(x, filter, {stride: 2, padding: 1}), conv2d(x, grouped, {stride: 2, padding: 1}), 1e-5);
  });

  test("the gradients have gradients: a penalty on ∂L/∂x is differentiable", () => {
    const [x, weights] = [seeded(1).normal([1, 5, 5, 2]), seeded(3).normal([1, 3, 3, 2])];
    const penalty = (filter: tf.Tensor) => {
      const dx = tf.grad((x: tf.Tensor) =>
        tf.sum(tf.mul(weights, tf.square(depthwiseConv2d(x, filter, {stride: 2, padding: 1}))))
      )(x);
      return tf.mean(tf.square(dx));
    };
    expectGradient(penalty, [3, 3, 1, 2]);
  });
});

test("a filter that does not fit, or that has an axis for other channels, is named", () => {
  const x = tf.zeros([1, 4, 4, 3]);
  expect(() => depthwiseConv2d(x, tf.zeros([3, 3, 3, 1]))).toThrow("depthwiseConv2d: expected filter (h, w, 1, C)");
  expect(() => depthwiseConv2d(x, tf.zeros([5, 5, 1, 3]))).toThrow(
    "a filter within the padded image (4, 4), got (5, 5)"
  );
  expect(() => depthwiseConv2d(x, tf.zeros([3, 3, 1, 3]), {stride: 0})).toThrow("an integer stride ≥ 1, got 0");
});
