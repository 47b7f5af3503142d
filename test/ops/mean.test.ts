import * as tf from "@tensorflow/tfjs";
import {describe, expect, test} from "vitest";
import {mean, sum} from "../../src/components/ops/mean.js";
import {expectClose, seeded, value, values} from "../gradients.js";
import {onBackends} from "./onBackends.js";

const shape = [3, 4, 5, 2];
const axes = [[0], [3], [1, 2], [-1], [0, 1, 2], [2, 0], [1, 3], [0, 1, 2, 3], []];

onBackends(() => {
  test.each(axes)("sum and mean over axes %j, and the gradient, which spreads dy evenly", (...list) => {
    const x = seeded(1).normal(shape);
    const kept = list.map((axis) => (axis + 4) % 4);
    const result = shape.filter((_, axis) => !kept.includes(axis));
    const count = kept.reduce((product, axis) => product * shape[axis], 1);
    const sums = new Float64Array(result.reduce((product, n) => product * n, 1));
    const place = (i: number) => {
      const index = [Math.floor(i / 40), Math.floor(i / 10) % 4, Math.floor(i / 2) % 5, i % 2];
      return index.reduce((at, n, axis) => (kept.includes(axis) ? at : at * shape[axis] + n), 0);
    };
    values(x).forEach((v, i) => (sums[place(i)] += v));
    expect(sum(x, list).shape).toEqual(result);
    expectClose(tf.reshape(sum(x, list), [-1]), [...sums], 1e-5);
    expectClose(tf.reshape(mean(x, list), [-1]), [...sums].map((s) => s / count), 1e-6); // prettier-ignore
    expect(sum(x, list, true).shape).toEqual(shape.map((n, axis) => (kept.includes(axis) ? 1 : n)));
    const up = seeded(2).normal(result);
    const gradient = values(tf.grad((z: tf.Tensor) => mean(z, list))(x, up));
    const dy = values(up);
    gradient.forEach((g, i) => expect(g).toBeCloseTo(dy[place(i)] / count, 6));
  });

  test("without axes all elements count, and more than 2²⁴ of them do not stop a float32 sum", () => {
    expect(value(sum(tf.tensor([1, 2, 3.5])))).toBe(6.5);
    expect(value(mean(tf.fill([4097, 4096], 0.1)))).toBeCloseTo(0.1, 4);
  });

  test("the gradient of a gradient of mean is that of its formula: d² (mean x²)² / dx²", () => {
    const x = tf.tensor1d([1, 2]);
    const first = tf.grad((z: tf.Tensor) => tf.square(mean(tf.square(z)))); // 2 m xᵢ with m = mean x²
    expectClose(tf.grad((z: tf.Tensor) => tf.sum(first(z)))(x), [2 * 2.5 + 2 * 3, 2 * 2.5 + 4 * 3], 1e-4);
  });

  test("integers are summed as stock tfjs sums them", () => {
    expect(values(sum(tf.tensor2d([[1, 2], [3, 4]], [2, 2], "int32"), [0]))).toEqual([4, 6]); // prettier-ignore
  });
});

describe("axes that do not exist or come twice are named", () => {
  test.each([[[4]], [[1, 1]], [[-5]], [[1, -3]], [[0.5]]])("%j", (list) => {
    expect(() => mean(tf.zeros(shape), list)).toThrow(
      `mean: expected distinct axes of (3, 4, 5, 2), got [${list.join(", ")}]`
    );
  });
});
