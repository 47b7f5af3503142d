import * as tf from "@tensorflow/tfjs";
import {beforeAll, describe, expect, test} from "vitest";
import {fastestDialect} from "../../../../headless/native/dialect.js";
import {kernelsSeen} from "../../../../headless/native/trace/kernel.js";
import {table} from "../../../../headless/native/trace/table.js";
import {trace, type Tensors} from "../../../../headless/native/trace/trace.js";
import type {Dialect} from "../../../../headless/native/trace/value.js";
import {depthwiseConv2d} from "../../../../src/components/ops/depthwiseConv2d.js";
import {conv2d, type Geometry} from "../../../../src/components/ops/conv2d.js";
import {relative, eager, native, normal} from "../traced.js";

type T4 = tf.Tensor4D;
type Shape = [number, number, number, number];
type Case = {x: Shape; filter: Shape} & Partial<Geometry>;

const cases: Case[] = [
  {x: [2, 6, 7, 3], filter: [3, 3, 3, 5], padding: 1},
  {x: [2, 6, 7, 16], filter: [3, 3, 16, 32], padding: 1}, // in blocks, nine taps
  {x: [2, 16, 17, 16], filter: [3, 3, 16, 32], padding: 1}, // 256 pixels and more: nine taps of planes
  {x: [1, 17, 16, 64], filter: [3, 3, 64, 16], padding: 1},
  {x: [2, 8, 6, 32], filter: [3, 3, 32, 16], padding: 1, stride: 2}, // by phases
  {x: [2, 12, 12, 16], filter: [3, 3, 16, 16], padding: 1, stride: 2},
  {x: [2, 9, 11, 16], filter: [3, 3, 16, 16], padding: 1, stride: 2}, // odd: no phases
  {x: [2, 4, 4, 16], filter: [3, 3, 16, 32], padding: 1}, // 16 pixels: a matrix product
  {x: [2, 9, 9, 16], filter: [3, 3, 16, 16], padding: 2, dilation: 2},
  {x: [1, 11, 10, 3], filter: [3, 3, 3, 2], padding: 3, stride: 2, dilation: 2},
  {x: [2, 6, 7, 16], filter: [5, 5, 16, 16], padding: 2},
  {x: [1, 6, 8, 16], filter: [3, 3, 16, 16], padding: 4}, // padding beyond the filter's reach
  {x: [1, 9, 8, 5], filter: [3, 2, 5, 3], padding: 2, stride: 3},
  {x: [2, 9, 6, 2], filter: [2, 1, 2, 3], padding: 1, stride: 3}, // pixels that no output sees
  {x: [2, 5, 5, 6], filter: [1, 1, 6, 4]},
  {x: [2, 7, 6, 16], filter: [1, 1, 16, 32], stride: 2},
  {x: [2, 6, 6, 16], filter: [1, 1, 16, 16], stride: 2, padding: 1},
  {x: [1, 7, 3, 1], filter: [3, 3, 1, 1]}
];

const outputs = ({x, filter, stride = 1, padding = 0, dilation = 1}: Case): Shape => {
  const size = (axis: 1 | 2) =>
    Math.floor((x[axis] + 2 * padding - dilation * (filter[axis - 1] - 1) - 1) / stride) + 1;
  return [x[0], size(1), size(2), filter[3]];
};

const passes =
  (f: (x: tf.Tensor, filter: tf.Tensor) => tf.Tensor) =>
  ({x, filter, dy}: Tensors): Tensors => {
    const [dx, dw] = tf.grads(f)([x, filter], dy);
    return {y: f(x, filter), dx, dw};
  };

beforeAll(async () => {
  await tf.setBackend("cpu");
});

// Without AVX-512 the runtime has no blocks of 16 channels, and the standard's operators are all that is used.
const usable: Dialect[] = (await fastestDialect()) === "runtime" ? ["runtime", "standard"] : ["standard"];

describe.each(usable)("in the %s's operators", (dialect) => {
  test.each(cases)("a recorded convolution and its two gradients are those of the cpu backend: %o", async (c) => {
    const blocks = {x: normal(1, c.x), filter: normal(2, c.filter), dy: normal(3, outputs(c))};
    const f = passes((x, filter) => conv2d(x, filter, c));
    expect(relative(await native(f, blocks, dialect), eager(f, blocks))).toBeLessThan(1e-6);
  });
  test("so are the stock kernels', with all kinds of padding", async () => {
    for (const [pad, stride] of [
      ["same", 1],
      ["same", 2],
      ["valid", 2],
      [1, 1]
    ] as const) {
      // prettier-ignore
      const f = (x: tf.Tensor, filter: tf.Tensor) => tf.conv2d(x as T4, filter as T4, stride, pad);
      const [x, filter] = [normal(4, [2, 8, 8, 16]), normal(5, [3, 3, 16, 16])];
      const {shape} = tf.conv2d(tf.zeros<tf.Rank.R4>([2, 8, 8, 16]), tf.zeros<tf.Rank.R4>([3, 3, 16, 16]), stride, pad);
      const blocks = {x, filter, dy: normal(6, shape)};
      expect(relative(await native(passes(f), blocks, dialect), eager(passes(f), blocks)), `${pad}`).toBeLessThan(1e-6);
    }
  });
  test.each([
    {pad: "same" as const, stride: 1, dilation: 1, multiplier: 1},
    {pad: "same" as const, stride: 2, dilation: 1, multiplier: 2},
    {pad: "valid" as const, stride: 2, dilation: 1, multiplier: 1}
  ])("so is a depthwise convolution: %o", async ({pad, stride, dilation, multiplier}) => {
    const f = (x: tf.Tensor, filter: tf.Tensor) =>
      tf.depthwiseConv2d(x as T4, filter as T4, stride, pad, "NHWC", dilation);
    const [x, filter] = [normal(7, [2, 9, 8, 3]), normal(8, [3, 3, 3, multiplier])];
    const {shape} = f(tf.zeros(x.shape), tf.zeros(filter.shape));
    const blocks = {x, filter, dy: normal(9, shape)};
    expect(relative(await native(passes(f), blocks, dialect), eager(passes(f), blocks))).toBeLessThan(1e-6);
  });
});

test("a dilated depthwise convolution is recorded too; tfjs itself has no gradient for it", async () => {
  const f = ({x, filter}: Tensors) => ({y: tf.depthwiseConv2d(x as T4, filter as T4, 1, 3, "NHWC", 2)});
  const blocks = {x: normal(7, [2, 9, 8, 3]), filter: normal(8, [3, 3, 3, 3])};
  expect(relative(await native(f, blocks), eager(f, blocks))).toBeLessThan(1e-6);
});

test.each([1, 2])(
  "its gradients are the adjoint maps: ⟨D(x, w), g⟩ = ⟨x, Dₓᵀ g⟩ = ⟨w, D_wᵀ g⟩, stride %i",
  async (stride) => {
    const [x, filter] = [normal(7, [2, 11, 10, 3]), normal(8, [3, 3, 3, 2])];
    const options = {strides: stride, pad: 2, dataFormat: "NHWC", dilations: 2};
    const kernel = (name: string, inputs: object, more: object = {}) =>
      tf.engine().runKernel(name, inputs as never, {...options, ...more} as never) as tf.Tensor;
    const product = (a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.mul(a, b));
    const f = ({x, filter, g}: Tensors) => ({
      y: product(kernel("DepthwiseConv2dNative", {x, filter}), g),
      x: product(x, kernel("DepthwiseConv2dNativeBackpropInput", {dy: g, filter}, {inputShape: x.shape})),
      w: product(filter, kernel("DepthwiseConv2dNativeBackpropFilter", {x, dy: g}, {filterShape: filter.shape}))
    });
    const sizes = [11, 10].map((n) => Math.floor((n + 4 - 5) / stride) + 1); // a filter of 3 reaches over 5
    const {y, x: dx, w: dw} = await native(f, {x, filter, g: normal(9, [2, ...sizes, 6])});
    expect(Math.abs(y.values[0])).toBeGreaterThan(0.1);
    expect(dx.values[0]).toBeCloseTo(y.values[0], 3);
    expect(dw.values[0]).toBeCloseTo(y.values[0], 3);
  }
);

test.each([
  {channels: 3, kernel: 3, stride: 1, padding: 1},
  {channels: 5, kernel: 5, stride: 2, padding: 2},
  {channels: 32, kernel: 7, stride: 1, padding: 3},
  {channels: 16, kernel: 3, stride: 2, padding: 1},
  {channels: 16, kernel: 5, stride: 3, padding: 0}
])("our depthwise op and both its gradients are recorded, in blocks where they fit: %o", async (c) => {
  const f = (x: tf.Tensor, filter: tf.Tensor) => depthwiseConv2d(x, filter, c);
  const all = ({x, filter}: Tensors) => {
    const [dx, dw] = tf.grads((x: tf.Tensor, filter: tf.Tensor) => tf.sum(tf.sin(f(x, filter))))([x, filter]);
    return {y: f(x, filter), dx, dw};
  };
  const blocks = {x: normal(1, [2, 12, 9, c.channels]), filter: normal(2, [c.kernel, c.kernel, 1, c.channels])};
  const expected = eager(all, blocks);
  expect(relative(await native(all, blocks), expected)).toBeLessThan(2e-6);
  expect(relative(await native(all, blocks, "standard"), expected)).toBeLessThan(2e-6);
});

test("channels in sixteens are convolved in blocks, others and the standard's dialect are not", () => {
  const blocked = (channels: number, dialect: Dialect) => {
    const forms = [
      [2, 8, 8, channels],
      [3, 3, channels, 16]
    ].map((shape) => ({shape, dtype: "float32" as const}));
    const record = ({x, filter}: Tensors) => ({y: conv2d(x, filter, {padding: 1})});
    const {nodes} = trace(record, {x: forms[0], filter: forms[1]}, dialect).graph;
    return nodes.filter(({domain}) => domain === "com.microsoft.nchwc").map(({operator}) => operator);
  };
  expect(blocked(16, "runtime")).toEqual(["ReorderInput", "Conv", "ReorderOutput"]);
  expect(blocked(12, "runtime")).toEqual([]);
  expect(blocked(16, "standard")).toEqual([]);
});

test("every kernel of convolution was reached", () => {
  const reached = kernelsSeen();
  expect(Object.keys(table).filter((name) => /Conv/.test(name) && !reached.includes(name))).toEqual([]);
});
