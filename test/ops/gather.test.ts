import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {gather} from "../../src/components/ops/gather.js";
import {expectClose, expectGradient, seeded, values} from "../gradients.js";
import {onBackends} from "./onBackends.js";

onBackends(() => {
  const ids = () => tf.tensor2d([[2, 0, 2], [4, 2, 0]], [2, 3], "int32"); // prettier-ignore

  test("gather takes rows by number", () => {
    const table = seeded(1).normal([5, 4]);
    const rows = [2, 0, 2, 4, 2, 0].flatMap((id) => values(table).slice(id * 4, id * 4 + 4));
    const y = gather(table, ids());
    expect(y.shape).toEqual([2, 3, 4]);
    expect(values(y)).toEqual(rows);
  });

  test("a row's gradient is the sum over its uses, and 0 where nothing used it", () => {
    const dy = seeded(2).normal([2, 3, 4]);
    const gradient = tf.grad((table: tf.Tensor) => gather(table, ids()))(seeded(1).normal([5, 4]), dy);
    const expected = Array.from({length: 20}, () => 0);
    [2, 0, 2, 4, 2, 0].forEach((id, n) => {
      for (let i = 0; i < 4; ++i) expected[id * 4 + i] += values(dy)[n * 4 + i];
    });
    expectClose(gradient, expected, 1e-6);
    expectGradient((table) => tf.sum(tf.mul(tf.square(gather(table, ids())), dy)), [5, 4]);
  });
});

test("gather names a table that is no matrix and ids that are no integers", () => {
  const ids = tf.tensor1d([0], "int32");
  expect(() => gather(tf.zeros([2, 3, 4]), ids)).toThrow("gather: expected a table (V, D), got (2, 3, 4)");
  expect(() => gather(tf.zeros([2, 3]), tf.tensor1d([0]))).toThrow("gather: expected int32 ids, got float32");
});
