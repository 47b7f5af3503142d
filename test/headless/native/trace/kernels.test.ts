import * as tf from "@tensorflow/tfjs";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {batchNorm} from "../../../../src/components/ops/batchNorm.js";
import "../../../../src/components/ops/conv2d.js";
import {gelu} from "../../../../src/components/ops/gelu.js";
import {kernelsSeen} from "../../../../headless/native/trace/kernel.js";
import {table} from "../../../../headless/native/trace/table.js";
import type {Tensors} from "../../../../headless/native/trace/trace.js";
import {distance, eager, native, normal, type Blocks} from "../traced.js";

type T4 = tf.Tensor4D;
type Case = [name: string, f: (tensors: Tensors) => tf.Tensor | tf.Tensor[], blocks: Blocks];

const [a, b] = [normal(1, [3, 4]), normal(2, [3, 4])];
const row = normal(3, [4]);
const positive = {data: a.data.map((v) => Math.abs(v) + 0.1) as Float32Array, shape: a.shape};
const whole = {data: Int32Array.from([3, -1, 0, 7, 2, 2, 5, -4, 9, 1, 0, 6]), shape: [3, 4]};
const divisors = {data: Int32Array.from([2, 3, -2, 4]), shape: [4]};
const cube = normal(4, [2, 3, 4]);
/** Rounded, so that there are ties and zeros. */
const rough = {data: cube.data.map((v) => Math.round(v)) as Float32Array, shape: cube.shape};
const labels = {data: Int32Array.from([2, 0, 2, 3, 1]), shape: [5]};

const run =
  (kernelName: string, attributes: object = {}) =>
  ({...inputs}: Tensors) =>
    tf.engine().runKernel(kernelName, inputs, attributes as never) as tf.Tensor;

const unary = ["Abs", "Neg", "Sign", "Relu", "Ceil", "Cos", "Elu", "Erf", "Exp", "Floor", "Reciprocal", "Round", "Sigmoid", "Sin", "Softplus", "Tanh", "Expm1", "Relu6", "Square", "Identity", "ZerosLike", "OnesLike"]; // prettier-ignore
const ofPositive = ["Log", "Sqrt", "Rsqrt", "Log1p"];
const binary = ["Add", "Sub", "Multiply", "RealDiv", "Maximum", "Minimum", "SquaredDifference", "Equal", "NotEqual", "Greater", "GreaterEqual", "Less", "LessEqual"]; // prettier-ignore
const small = {data: Float32Array.of(1e-7, -3e-6, 0, 40, -40, 0.5), shape: [6]};

const elementwise: Case[] = [
  ...unary.map((name): Case => [name, run(name), {x: a}]),
  ...ofPositive.map((name): Case => [name, run(name), {x: positive}]),
  ...binary.map((name): Case => [`${name} with broadcasting`, run(name), {a, b: row}]),
  ...binary.slice(7).map((name): Case => [`${name} of integers`, run(name), {a: whole, b: divisors}]),
  ["Log1p near 0", ({x}) => tf.log1p(tf.maximum(x, -0.5)).mul(1e7), {x: {data: small.data.slice(0, 3), shape: [3]}}],
  ["Expm1 near 0 and far", ({x}) => tf.div(tf.expm1(x), tf.maximum(tf.abs(x), 1e-12)), {x: small}],
  ["Pow", ({x, y}) => tf.pow(x, y), {x: positive, y: b}],
  ["FloorDiv", ({x, y}) => tf.floorDiv(x, y), {x: whole, y: divisors}],
  ["LeakyRelu", ({x}) => tf.leakyRelu(x, 0.3), {x: a}],
  ["Step", ({x}) => [tf.step(x), tf.step(x, 0.25)], {x: a}],
  ["EluGrad", ({x}) => tf.grad((y) => tf.elu(y))(x), {x: a}],
  ["ClipByValue", ({x}) => tf.clipByValue(x, -0.5, 0.25), {x: a}],
  ["AddN", ({x, y}) => tf.addN([x, y, x]), {x: a, y: b}],
  ["Cast", ({x}) => [tf.cast(x, "int32"), tf.cast(tf.cast(x, "bool"), "float32")], {x: rough}],
  ["Logic", ({x, y}) => [tf.logicalAnd(tf.greater(x, 0), tf.greater(y, 0)), tf.logicalOr(tf.greater(x, 0), tf.greater(y, 0)), tf.logicalNot(tf.greater(x, 0))], {x: a, y: b}], // prettier-ignore
  ["Select", ({x, y}) => tf.where(tf.greater(x, 0), x, y), {x: a, y: b}],
  ["Fill", ({x}) => tf.mul(x, tf.fill([2, 3, 4], 3)), {x: a}],
  ["numbers alone", ({x}) => [tf.add(tf.ones([2, 2]), tf.fill([2], 0.1)), tf.mul(tf.ones([2, 3, 4]), x)], {x: a}]
];

const layout: Case[] = [
  ["Reshape and ExpandDims", ({x}) => [tf.reshape(x, [4, -1]), tf.expandDims(x, 1), tf.reshape(x, [24])], {x: cube}],
  ["Transpose", ({x}) => tf.transpose(x, [2, 0, 1]), {x: cube}],
  ["BroadcastTo", ({x}) => tf.broadcastTo(x, [2, 3, 4]), {x: row}],
  ["Tile", ({x}) => [tf.tile(x, [2, 3]), tf.tile(tf.reshape(x, [12, 1]), [1, 3])], {x: a}],
  ["PadV2", ({x}) => [tf.pad(x, [[1, 2], [0, 3]], 0.5), tf.pad(tf.cast(x, "int32"), [[0, 0], [1, 0]])], {x: a}], // prettier-ignore
  ["Slice", ({x}) => [tf.slice(x, [0, 1, 2], [2, -1, 1]), tf.slice(x, 1)], {x: cube}],
  ["StridedSlice", ({x}) => [tf.stridedSlice(x, [0, 2, 3], [2, 0, 0], [1, -1, -2]), tf.stridedSlice(x, [0, -1, 0], [2, -4, 4], [1, -1, 3])], {x: cube}], // prettier-ignore
  ["Reverse", ({x}) => tf.reverse(x, [0, 2]), {x: cube}],
  ["Concat", ({x, y}) => [tf.concat([x, y, x], -1), tf.concat([x, y])], {x: a, y: b}],
  ["Pack", ({x, y}) => [tf.stack([x, y], 1), tf.stack([x, y], 2)], {x: a, y: b}],
  ["Unpack", ({x}) => tf.unstack(x, 1), {x: cube}],
  ["SplitV", ({x}) => [...tf.split(x, 2, 2), ...tf.split(x, [1, 2], 1)], {x: cube}],
  ["Range", ({x}) => tf.add(tf.range(0, 8, 2), x), {x: row}]
];

const reductions: Case[] = [
  ["Sum", ({x}) => [tf.sum(x), tf.sum(x, [0, 1]), tf.sum(x, 2, true), tf.sum(x, [0, 2]), tf.sum(x, 1)], {x: cube}],
  ["Sum of a tall matrix", ({x}) => [tf.sum(x, 0), tf.sum(tf.cast(x, "int32"), 0)], {x: normal(9, [96, 5])}],
  ["Sum of truth values", ({x}) => tf.sum(tf.greater(x, 0)), {x: cube}],
  ["Mean", ({x}) => [tf.mean(x), tf.mean(x, 0), tf.mean(x, [1, 2], true)], {x: cube}],
  ["Max and Min", ({x}) => [tf.max(x, 1), tf.min(x, [0, 2], true), tf.max(x)], {x: cube}],
  ["Prod", ({x}) => tf.prod(x, 1), {x: cube}],
  ["All and Any", ({x}) => [tf.all(tf.greater(x, 0), 1), tf.any(tf.greater(x, 1), 1)], {x: cube}],
  ["ArgMax and ArgMin take the first of equals", ({x}) => [tf.argMax(x, 2), tf.argMin(x, 1)], {x: rough}],
  ["Softmax", ({x}) => [tf.softmax(x), tf.logSoftmax(x)], {x: cube}],
  ["Cumsum", ({x}) => [tf.cumsum(x, 1), tf.cumsum(x, 2, true, true), tf.cumsum(x, 0, true)], {x: cube}]
];

const products: Case[] = [
  ["BatchMatMul", ({x, y}) => [tf.matMul(x, y, false, true), tf.matMul(x, y, true, false)], {x: a, y: b}],
  ["BatchMatMul in batches", ({x}) => [tf.matMul(x, x, false, true), tf.matMul(x, x, true), tf.matMul(x, tf.transpose(x, [0, 2, 1]), false)], {x: cube}], // prettier-ignore
  [
    "OneHot",
    ({x}) => [tf.oneHot(x as tf.Tensor1D, 4, 0.75, 0.25, "float32"), tf.oneHot(x as tf.Tensor1D, 4)],
    {x: labels}
  ],
  ["GatherV2", ({x, i}) => [tf.gather(x, tf.cast(tf.minimum(i, 2), "int32")), tf.gather(x, i, 1)], {x: a, i: labels}],
  ["gather's gradient", ({x, i}) => tf.grad((t) => tf.gather(t, i))(x, tf.range(0, 15).reshape([5, 3])), {x: normal(5, [4, 3]), i: labels}], // prettier-ignore
  ["UnsortedSegmentSum", ({i}) => tf.unsortedSegmentSum(i, i as tf.Tensor1D, 4), {i: labels}]
];

const images = normal(6, [2, 5, 7, 3]);
type Resize = (x: tf.Tensor) => tf.Tensor;
const bilinear = (size: [number, number], ...flags: boolean[]): Resize => (x) => tf.image.resizeBilinear(x as T4, size, ...flags); // prettier-ignore
const nearest = (size: [number, number], ...flags: boolean[]): Resize => (x) => tf.image.resizeNearestNeighbor(x as T4, size, ...flags); // prettier-ignore
const square = normal(7, [2, 5, 5, 3]);
const resizes: Case[] = [
  ["ResizeBilinear", ({x}) => [[9, 8], [3, 4]].map((size) => bilinear(size as [number, number])(x)), {x: images}], // prettier-ignore
  ["ResizeBilinear, corners aligned", ({x}) => [bilinear([9, 4], true)(x), bilinear([1, 1], true)(x)], {x: images}],
  ["ResizeNearestNeighbor", ({x}) => [nearest([10, 4])(x), nearest([3, 9], true)(x)], {x: images}],
  ["half-pixel centres", ({x}) => [bilinear([9, 4], false, true)(x), nearest([9, 4], false, true)(x)], {x: images}],
  ["ResizeBilinearGrad", ({x, g}) => [tf.grad(bilinear([9, 9]))(x, g), tf.grad(bilinear([9, 9], true))(x, g)], {x: square, g: normal(8, [2, 9, 9, 3])}] // prettier-ignore
];

type Pool = typeof tf.maxPool;
const pooled =
  (pool: Pool, size: number, stride: number, pad: number | "same" | "valid"): Case[1] =>
  ({x}) => {
    const y = pool(x as T4, size, stride, pad as 0, typeof pad === "number" ? "floor" : undefined);
    const dy = tf.reshape(tf.range(0, y.size), y.shape);
    return [
      y,
      tf.grad((t) => pool(t as T4, size, stride, pad as 0, typeof pad === "number" ? "floor" : undefined))(x, dy)
    ];
  };
const ties = {data: Float32Array.from(images.data, (v) => Math.max(0, Math.round(v))), shape: images.shape};
const pools: Case[] = [
  ["MaxPool", pooled(tf.maxPool, 2, 2, "valid"), {x: images}],
  ["MaxPool with shared windows and ties", pooled(tf.maxPool, 3, 2, 1), {x: ties}],
  ["MaxPool at the same size", pooled(tf.maxPool, 3, 1, "same"), {x: ties}],
  ["AvgPool", pooled(tf.avgPool as Pool, 2, 2, "valid"), {x: images}],
  ["AvgPool with padding", pooled(tf.avgPool as Pool, 3, 2, 1), {x: images}]
];

/** Where Φ is 0 and 1 too. */
const far = {data: normal(13, [6, 5]).data.map((v) => 3 * v) as Float32Array, shape: [6, 5]};

const own: Case[] = [
  [
    "batch norm and its gradients",
    ({x, weight, bias, dy}) => {
      const y = (...[x, weight, bias]: tf.Tensor[]) => batchNorm(x, weight, bias, 1e-3)[0];
      return [...batchNorm(x, weight, bias, 1e-3), ...tf.grads(y)([x, weight, bias], dy)];
    },
    {x: normal(10, [6, 5, 4]), weight: row, bias: normal(11, [4]), dy: normal(12, [6, 5, 4])}
  ],
  ["GELU and its gradient", ({x, dy}) => [gelu(x), tf.grad((x) => gelu(x))(x, dy)], {x: far, dy: normal(14, [6, 5])}]
];

const all = [...own, ...elementwise, ...layout, ...reductions, ...products, ...resizes, ...pools];
const named =
  (f: Case[1]) =>
  (tensors: Tensors): Tensors => {
    const made = f(tensors);
    return Object.fromEntries((Array.isArray(made) ? made : [made]).map((tensor, i) => [String(i), tensor]));
  };
const reached = new Set<string>();

beforeAll(async () => {
  await tf.setBackend("cpu");
});

describe("a recorded kernel computes what the cpu backend computes", () => {
  test.each(all)("%s", async (_, f, blocks) => {
    const made = await native(named(f), blocks);
    kernelsSeen().forEach((name) => reached.add(name));
    expect(distance(made, eager(named(f), blocks))).toBeLessThan(2e-6);
  });
  test("and so do the standard's operators alone", async () => {
    for (const [name, f, blocks] of [...own, ...products, ...pools]) {
      const made = await native(named(f), blocks, "standard");
      expect(distance(made, eager(named(f), blocks)), name).toBeLessThan(2e-6);
    }
  });
});

// The stock cpu kernels are no reference here: they mix up height and width, and know no half pixels.
const resizings: [string, Resize][] = [
  ["bilinear", bilinear([9, 4])],
  ["bilinear with aligned corners", bilinear([3, 9], true)],
  ["bilinear with half-pixel centres", bilinear([9, 4], false, true)],
  ["nearest", nearest([3, 9])],
  ["nearest with aligned corners", nearest([9, 4], true)],
  ["nearest with half-pixel centres", nearest([3, 9], false, true)]
];
test.each(resizings)("the gradient of %s resizing is its transposed map: ⟨R x, g⟩ = ⟨x, Rᵀ g⟩", async (_, f) => {
  const g = normal(8, f(tf.zeros(images.shape)).shape);
  const made = await native(({x, g}) => ({left: tf.sum(tf.mul(f(x), g)), right: tf.sum(tf.mul(x, tf.grad(f)(x, g)))}), {
    x: images,
    g
  });
  kernelsSeen().forEach((name) => reached.add(name));
  expect(Math.abs(made.left.values[0])).toBeGreaterThan(0.1);
  expect(made.right.values[0]).toBeCloseTo(made.left.values[0], 4);
});

afterAll(() => {
  const here = Object.keys(table).filter((name) => !/Conv/.test(name));
  expect(here.filter((name) => !reached.has(name))).toEqual([]);
});
