import * as tf from "@tensorflow/tfjs";
import {describe, expect, test} from "vitest";
import {avgPool, maxPool} from "../../src/components/ops/pool.js";
import {expectClose, expectGradient, seeded, values} from "../gradients.js";
import {onBackends} from "./onBackends.js";

onBackends(() => {
  test("maxPool is the largest number of each window, by loops; the margin is never the largest", () => {
    const [H, W, C, k, s, p] = [7, 6, 2, 3, 2, 1];
    const x = tf.sub(seeded(1).uniform([2, H, W, C]), 2); // negative: zeros of a margin would win
    const X = values(x);
    const y = values(maxPool(x, {size: k, stride: s, padding: p}));
    let at = 0;
    for (let n = 0; n < 2; ++n)
      for (let v = 0; v < 4; ++v)
        for (let u = 0; u < 3; ++u)
          for (let c = 0; c < C; ++c) {
            let most = -Infinity;
            for (let i = 0; i < k; ++i)
              for (let j = 0; j < k; ++j) {
                const [row, column] = [v * s + i - p, u * s + j - p];
                if (row >= 0 && row < H && column >= 0 && column < W)
                  most = Math.max(most, X[((n * H + row) * W + column) * C + c]);
              }
            expect(y[at++]).toBe(most);
          }
    expect(at).toBe(y.length);
  });

  test("avgPool of a constant is the constant where the window lies inside, and 4/9 of it in the corner of a margin", () => {
    const y = avgPool(tf.fill([1, 6, 6, 1], 3), {size: 3, stride: 1, padding: 1});
    expectClose(tf.slice(y, [0, 1, 1, 0], [1, 4, 4, 1]), tf.fill([1, 4, 4, 1], 3));
    expect(values(y)[0]).toBeCloseTo((3 * 4) / 9, 5);
  });

  test("dy reaches the first of equals alone, and each window gives all of it back", () => {
    const x = tf.zeros([1, 4, 4, 1]);
    const dx = tf.grad((x: tf.Tensor) => maxPool(x, {size: 2}))(x, tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]));
    expect(values(dx)).toEqual([1, 0, 2, 0, 0, 0, 0, 0, 3, 0, 4, 0, 0, 0, 0, 0]);
  });

  test("both have the gradients that their formulas imply", () => {
    const weights = seeded(3).normal([2, 3, 3, 2]);
    const order = tf.reshape(tf.mul(tf.range(0, 100), 0.37), [2, 5, 5, 2]); // differences beyond any step: no kink is near
    const loss = (y: tf.Tensor) => tf.sum(tf.mul(y, weights));
    const options = {size: 3, stride: 2, padding: 1};
    expectGradient((x) => loss(maxPool(x, options)), [2, 5, 5, 2], {at: order});
    expectGradient((x) => loss(avgPool(x, options)), [2, 5, 5, 2]);
  });
});

describe("pooling names what it was given", () => {
  test.each([
    [{size: 0}, "maxPool: expected an integer size in [1, 4], got 0"],
    [{size: 5}, "maxPool: expected an integer size in [1, 4], got 5"],
    [{size: 2, stride: 0}, "maxPool: expected an integer stride in [1, Infinity], got 0"],
    [{size: 2, padding: 2}, "maxPool: expected an integer padding in [0, 1], got 2"]
  ])("%j", (options, message) => {
    expect(() => maxPool(tf.zeros([1, 4, 4, 1]), options)).toThrow(message);
  });
});
