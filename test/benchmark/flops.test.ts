import {expect, test} from "vitest";
import {bytesOf, flopsOf, sizeOf, titleOf, type Call} from "../../src/benchmark/flops.js";
import {stages} from "../../src/components/models/stages.js";
import {stepFlops} from "../../tools/bench/resnetFlops.js";

const call = (kernel: string, inputs: Call["inputs"], outputs: number[][], attributes: Call["attributes"] = {}) => ({
  ...{kernel, inputs, outputs, attributes}
});

/** A convolution's three calls: forward, the gradient for its input, and for its filter. */
function conv(batch: number, side: number, from: number, to: number, taps: number, stride: number) {
  const [x, y] = [[batch, side, side, from], [batch, side / stride, side / stride, to]]; // prettier-ignore
  const filter = [taps, taps, from, to];
  return [
    call("DlmConv2D", {x, filter}, [y]),
    call("DlmConv2DInputGradient", {dy: y, filter}, [x]),
    call("DlmConv2DFilterGradient", {x, dy: y}, [filter])
  ];
}

test("a product of (I, K) and (K, J) takes 2 I K J operations, whichever of its operands is transposed", () => {
  const of = (a: number[], b: number[], transposeA: boolean, transposeB: boolean) =>
    flopsOf(call("DlmMatMul", {a, b}, [[3, 5]], {transposeA, transposeB}));
  expect(of([3, 7], [7, 5], false, false)).toBe(2 * 3 * 5 * 7);
  expect(of([7, 3], [7, 5], true, false)).toBe(2 * 3 * 5 * 7);
  expect(of([3, 7], [5, 7], false, true)).toBe(2 * 3 * 5 * 7);
  expect(flopsOf(call("DlmMatMul", {a: [4, 2, 3, 7], b: [4, 2, 7, 5]}, [[4, 2, 3, 5]]))).toBe(8 * 2 * 3 * 5 * 7);
});

test("a convolution and its two gradients take the same number of operations: those of its loops", () => {
  let loops = 0;
  const [batch, side, from, to] = [2, 4, 3, 5];
  for (let cell = 0; cell < batch * (side / 2) ** 2; ++cell)
    for (let output = 0; output < to; ++output) for (let tap = 0; tap < 9 * from; ++tap) loops += 2;
  expect(conv(batch, side, from, to, 3, 2).map(flopsOf)).toEqual([loops, loops, loops]);
});

test("a depthwise convolution takes as many times fewer as it has input channels", () => {
  const [x, filter] = [[2, 8, 8, 6], [3, 3, 6, 1]]; // prettier-ignore
  expect(flopsOf(call("DlmDepthwiseConv2D", {x, filter}, [x]))).toBe(2 * sizeOf(x) * 9);
  expect(flopsOf(call("DlmDepthwiseConv2DFilterGradient", {x, dy: x}, [filter]))).toBe(2 * sizeOf(x) * 9);
});

test("the convolutions and the head of a ResNet-18 step add up to the count of the network", () => {
  const [width, side, classes] = [8, 16, 10];
  let size = side;
  const [stem] = [conv(1, side, 3, width, 3, 1)];
  const calls: Call[] = [stem[0], stem[2]]; // the images need no gradient
  for (const {blocks, inputs, channels, stride} of stages(18, width))
    for (let i = 0; i < blocks; ++i) {
      const [from, by] = i ? [channels, 1] : [inputs, stride];
      calls.push(...conv(1, size, from, channels, 3, by));
      if (by > 1 || from !== channels) calls.push(...conv(1, size, from, channels, 1, by));
      size /= by;
      calls.push(...conv(1, size, channels, channels, 3, 1));
    }
  const [h, w, y] = [[1, 8 * width], [8 * width, classes], [1, classes]]; // prettier-ignore
  calls.push(call("DlmMatMul", {a: h, b: w}, [y]));
  calls.push(call("DlmMatMul", {a: y, b: w}, [h], {transposeB: true}));
  calls.push(call("DlmMatMul", {a: h, b: y}, [w], {transposeA: true}));
  const total = calls.reduce((sum, each) => sum + flopsOf(each), 0);
  expect(total).toBe(stepFlops({depth: 18, width, size: side, classes}));
});

test("what moves numbers computes nothing; what is not named computes one for each number it writes", () => {
  for (const kernel of ["Transpose", "Slice", "Concat", "DlmGather", "DlmBroadcast", "Cast"])
    expect(flopsOf(call(kernel, {x: [4, 4]}, [[4, 4]]))).toBe(0);
  expect(flopsOf(call("Multiply", {a: [4, 4], b: [4]}, [[4, 4]]))).toBe(16);
  expect(flopsOf(call("DlmSum", {x: [4, 4]}, [[4]]))).toBe(16); // one for each number it reads
});

test("an update counts its parameters once, however many lists and leaves it reads", () => {
  const inputs = {theta0: [3, 3], g0: [3, 3], v0: [3, 3], theta1: [5], g1: [5], v1: [5], rate: []};
  expect(flopsOf(call("DlmMomentumUpdate", inputs, [[3, 3], [5], [3, 3], [5]]))).toBe(4 * 14); // prettier-ignore
});

test("bytes are four for each number that is read or written, once", () => {
  expect(bytesOf(call("Add", {a: [2, 3], b: [3]}, [[2, 3]]))).toBe(4 * (6 + 3 + 6));
  expect(bytesOf(call("Add", {a: [], b: []}, [[]]))).toBe(12);
});

test("kernels have names for readers", () => {
  expect(["DlmConv2DInputGradient", "DlmBatchNormRelu", "DlmDepthwiseConv2D", "Multiply"].map(titleOf)).toEqual([
    "conv2d input gradient",
    "batch norm relu",
    "depthwise conv2d",
    "multiply"
  ]);
});
