import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {conv} from "../../src/components/layers/conv.js";
import {rng} from "../../src/components/math/random.js";
import {expectClose, expectGradient, seeded, value, values} from "../gradients.js";

/** The docstring's sum, as loops. */
function loops(x: tf.Tensor, w: tf.Tensor, stride: number, padding: number): number[] {
  const [batch, height, width, inputs] = x.shape;
  const [k, , , outputs] = w.shape;
  const [data, filter] = [values(x), values(w)];
  const side = (n: number) => Math.floor((n + 2 * padding - k) / stride) + 1;
  const out: number[] = [];
  for (let b = 0; b < batch; ++b)
    for (let i = 0; i < side(height); ++i)
      for (let j = 0; j < side(width); ++j)
        for (let o = 0; o < outputs; ++o) {
          let sum = 0;
          for (let u = 0; u < k; ++u)
            for (let v = 0; v < k; ++v)
              for (let c = 0; c < inputs; ++c) {
                const [r, s] = [stride * i + u - padding, stride * j + v - padding];
                if (r < 0 || r >= height || s < 0 || s >= width) continue;
                sum +=
                  data[((b * height + r) * width + s) * inputs + c] * filter[((u * k + v) * inputs + c) * outputs + o];
              }
          out.push(sum);
        }
  return out;
}

test("conv is its sum as loops, for every kernel and stride a residual network uses, on even and odd sizes", () => {
  for (const [kernel, stride] of [
    [3, 1],
    [3, 2],
    [1, 1],
    [1, 2]
  ])
    for (const size of [4, 5]) {
      const layer = conv(2, 3, {kernel, stride});
      const x = seeded(1).normal([2, size, size + 1, 2]);
      const params = layer.init(rng(2));
      expectClose(layer.apply(params, x), loops(x, params.weight, stride, (kernel - 1) / 2));
    }
});

test("conv with a bias adds it to every pixel, and a unit filter is the identity", () => {
  const layer = conv(1, 1, {bias: true});
  const weight = tf.tensor4d([0, 0, 0, 0, 1, 0, 0, 0, 0], [3, 3, 1, 1]);
  const x = seeded(1).normal([1, 4, 4, 1]);
  expectClose(layer.apply({weight, bias: tf.tensor1d([2])}, x), tf.add(x, 2));
  expect(values((layer.init(rng(1)) as {bias: tf.Tensor}).bias)).toEqual([0]);
});

test("conv commutes with a shift of the image, away from the border", () => {
  const layer = conv(1, 2);
  const params = layer.init(rng(3));
  const x = tf.pad(seeded(4).normal([1, 3, 3, 1]), [
    [0, 0],
    [2, 3],
    [2, 3],
    [0, 0]
  ]);
  const shifted = tf.pad(tf.slice(x, [0, 0, 0, 0], [1, 7, 7, 1]), [
    [0, 0],
    [1, 0],
    [1, 0],
    [0, 0]
  ]);
  const inside = tf.slice(layer.apply(params, shifted), [0, 1, 1, 0], [1, 7, 7, 2]);
  expectClose(inside, tf.slice(layer.apply(params, x), [0, 0, 0, 0], [1, 7, 7, 2]));
});

test("conv's first weights have variance 2 / fan out", () => {
  const {weight} = conv(8, 32).init(rng(5));
  expect(value(tf.mean(tf.square(weight))) / (2 / (9 * 32))).toBeCloseTo(1, 1);
});

test("conv has the gradients of its sum", () => {
  for (const stride of [1, 2]) {
    const layer = conv(2, 3, {stride, bias: true});
    const [x, weight, bias] = [
      seeded(1).normal([2, 4, 5, 2]),
      seeded(2).normal([3, 3, 2, 3], 0, 0.3),
      seeded(3).normal([3])
    ];
    const loss = (y: tf.Tensor) => tf.mean(tf.mul(seeded(4).normal(y.shape), tf.tanh(y)));
    expectGradient((x) => loss(layer.apply({weight, bias}, x)), [2, 4, 5, 2]);
    expectGradient((weight) => loss(layer.apply({weight, bias}, x)), [3, 3, 2, 3], {at: weight});
    expectGradient((bias) => loss(layer.apply({weight, bias}, x)), [3]);
  }
});

test("conv names an input with other channels", () => {
  const layer = conv(3, 4);
  expect(() => layer.apply(layer.init(rng(1)), tf.zeros([1, 4, 4, 2]))).toThrow(
    "conv: expected x (B, H, W, 3), got (1, 4, 4, 2)"
  );
});
