import * as tf from "@tensorflow/tfjs";
import {beforeAll, describe, expect, test} from "vitest";
import {fastestDialect} from "../../../../headless/native/dialect.js";
import {trace, type Tensors} from "../../../../headless/native/trace/trace.js";
import type {Dialect} from "../../../../headless/native/trace/value.js";
import {batchNorm} from "../../../../src/components/ops/batchNorm.js";
import {conv2d} from "../../../../src/components/ops/conv2d.js";
import {sum} from "../../../../src/components/ops/mean.js";
import {eager, native, normal, relative, type Blocks} from "../traced.js";

type Images = (x: tf.Tensor, y: tf.Tensor, row: tf.Tensor) => tf.Tensor;

const blocks: Blocks = {
  x: normal(1, [3, 6, 5, 16]),
  filter: normal(2, [3, 3, 16, 32]),
  other: normal(3, [3, 3, 16, 32]),
  row: normal(4, [32]),
  weight: normal(5, [32]),
  bias: normal(6, [32]),
  dy: normal(7, [3, 6, 5, 32])
};
const epsilon = 1e-5;
const near = ({x, filter}: Tensors) => conv2d(x, filter, {padding: 1});
const far = ({x, other}: Tensors) => conv2d(x, other, {padding: 1});

/** What f makes of two images that convolutions have made, and its gradients for all that enters. */
const passes =
  (f: Images) =>
  (tensors: Tensors): Tensors => {
    const names = ["x", "filter", "other", "row"];
    const y = (...values: tf.Tensor[]) => {
      const given = Object.fromEntries(names.map((name, i) => [name, values[i]]));
      return f(near(given), far(given), given.row);
    };
    const inputs = names.map((name) => tensors[name]);
    const gradients = tf.grads(y)(inputs, tensors.dy);
    return {y: y(...inputs), ...Object.fromEntries(gradients.map((gradient, i) => [`d${names[i]}`, gradient]))};
  };

const used = (x: tf.Tensor, y: tf.Tensor, row: tf.Tensor) => tf.add(tf.mul(0.1, tf.add(x, y)), tf.mul(0.1, row)); // every input counts
const functions: Record<string, Images> = {
  "a sum": used,
  "a difference and a product": (x, y, row) => tf.add(tf.mul(tf.sub(x, y), x), used(x, y, row)),
  "numbers, on either side": (x, y, row) => tf.sub(2, tf.mul(used(x, y, row), tf.scalar(3))),
  "a scale and a shift of each channel, then a ReLU": (x, y, row) => tf.relu(tf.add(tf.mul(x, row), tf.add(row, y))),
  "a ReLU of a sum, whose summand is used again": (x, y, row) => tf.add(tf.relu(tf.add(x, y)), used(x, y, row)),
  "functions of every element": (x, y, row) => tf.tanh(tf.add(tf.abs(tf.neg(x)), used(x, y, row))),
  "two shifts": (x, y, row) => tf.add(tf.add(tf.add(x, row), tf.mul(row, 2)), used(x, y, row)),
  "a product by row and column": (x, y, row) =>
    tf.mul(used(x, y, row), tf.reshape(tf.slice(row, [0], [30]), [1, 6, 5, 1]))
};

const norm = (x: tf.Tensor, {weight, bias}: Tensors) => batchNorm(x, weight, bias, epsilon);
const normalised = (tensors: Tensors): Tensors => {
  const loss = (x: tf.Tensor, filter: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) =>
    tf.relu(norm(near({x, filter}), {weight, bias})[0]);
  const {x, filter, weight, bias, dy} = tensors;
  const [dx, dFilter, dWeight, dBias] = tf.grads(loss)([x, filter, weight, bias], dy);
  const [, mean, variance] = norm(near(tensors), tensors);
  return {y: loss(x, filter, weight, bias), mean, variance, dx, dFilter, dWeight, dBias};
};

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const usable: Dialect[] = (await fastestDialect()) === "runtime" ? ["runtime", "standard"] : ["standard"];

describe.each(usable)("between convolutions in the %s's operators", (dialect) => {
  test.each(Object.entries(functions))("%s is what the cpu backend computes", async (_, f) => {
    expect(relative(await native(passes(f), blocks, dialect), eager(passes(f), blocks))).toBeLessThan(3e-6);
  });
  test("a batch norm is its equation, and its gradients too", async () => {
    expect(relative(await native(normalised, blocks, dialect), eager(normalised, blocks))).toBeLessThan(3e-6);
  });
  test("a channel that never changes has variance 0, and is its bias", async () => {
    const dead = {...blocks, filter: {data: new Float32Array(9 * 16 * 32), shape: [3, 3, 16, 32]}};
    const shifted = (tensors: Tensors) => norm(tf.add(near(tensors), tf.mul(1000.1, tf.abs(tensors.row))), tensors);
    const f = (tensors: Tensors) => {
      const [y, , variance] = shifted(tensors);
      return {variance, y: sum(y, [0, 1, 2])};
    };
    const {variance, y} = await native(f, dead, dialect);
    expect(Math.max(...variance.values.map(Math.abs))).toBeLessThan(1); // of squares of 10⁶
    expect(y.values.every(Number.isFinite)).toBe(true);
  });
});

test.runIf(usable.length > 1)("a block of a residual network changes its layout at its ends alone", () => {
  const forms = Object.fromEntries(
    Object.entries({...blocks, other: normal(3, [3, 3, 32, 32])}).map(([name, {shape}]) => [
      name,
      {shape, dtype: "float32" as const}
    ])
  );
  const {graph} = trace(({x, filter, other, weight, bias}) => {
    const first = tf.relu(norm(conv2d(x, filter, {padding: 1}), {weight, bias})[0]);
    const second = norm(conv2d(first, other, {padding: 1}), {weight, bias})[0];
    return {y: tf.relu(tf.add(second, first))};
  }, forms);
  const operators = graph.nodes.map(({operator}) => operator);
  expect(operators.filter((name) => name.startsWith("Reorder"))).toEqual(["ReorderInput", "ReorderOutput"]);
  const rectified = graph.nodes.filter(({attributes}) => attributes.activation === "Relu");
  expect(rectified.map(({inputs}) => inputs.length)).toEqual([3, 4]); // the second one starts from the shortcut
});
