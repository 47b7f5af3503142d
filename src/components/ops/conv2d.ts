import * as tf from "@tensorflow/tfjs";
import {shapes} from "../tensor/shape.js";
import {filterGradientOnHeap, inputGradientOnHeap} from "./conv2dWasm.js";
import {defineOp, type Compute} from "./op.js";
import * as webgpu from "./webgpu/conv2d.js";
import {correlate, spaced, turnedFilter} from "./spatial.js";

/** Stride s, padding p and dilation d, the same in both directions. */
export type Geometry = {stride: number; padding: number; dilation: number};
/** … and what the inputs do not tell: the image's (H, W), or the filter's (h, w). */
export type Sized = Geometry & {sizes: number[]};
export type Forward = {x: tf.Tensor; filter: tf.Tensor};
export type InputGradient = {dy: tf.Tensor; filter: tf.Tensor};
export type FilterGradient = {x: tf.Tensor; dy: tf.Tensor};

// y[u] = Σᵢ x[s u + d i − p] w[i]. The three maps are linear in each argument, and each is a gradient of the others.
const forward: Compute<Forward, Geometry, tf.Tensor> = defineOp({
  name: "Conv2D",
  plain: ({x, filter}, {stride, padding, dilation}) =>
    correlate(x, filter, {rows: [padding, padding], columns: [padding, padding]}, {stride, dilation}),
  variants: {webgpu: webgpu.forward},
  gradient: {
    inputs: ["x", "filter"],
    rule: (dy, {x, filter}, _, {stride, padding, dilation}) => ({
      x: () => inputGradient({dy, filter}, {stride, padding, dilation, sizes: x.shape.slice(1, 3)}),
      filter: () => filterGradient({x, dy}, {stride, padding, dilation, sizes: filter.shape.slice(0, 2)})
    })
  }
});

// dx[v] = Σᵢ dy[(v + p − d i) / s] w[i]: dy with s − 1 zeros between its values, correlated with the turned filter.
const inputGradient: Compute<InputGradient, Sized, tf.Tensor> = defineOp({
  name: "Conv2DInputGradient",
  plain({dy, filter}, {stride, padding, dilation, sizes}) {
    const wide = spaced(dy, 1, stride);
    const [rows, columns] = [0, 1].map((axis): [number, number] => {
      const before = (filter.shape[axis] - 1) * dilation - padding;
      return [before, sizes[axis] + padding - wide.shape[axis + 1]];
    });
    return correlate(wide, turnedFilter(filter), {rows, columns}, {dilation});
  },
  variants: {wasm: inputGradientOnHeap, webgpu: webgpu.inputGradient},
  gradient: {
    inputs: ["dy", "filter"],
    rule: (g, {dy, filter}, _, {stride, padding, dilation}) => ({
      dy: () => forward({x: g, filter}, {stride, padding, dilation}),
      filter: () => filterGradient({x: g, dy}, {stride, padding, dilation, sizes: filter.shape.slice(0, 2)})
    })
  }
});

// dw[i] = Σᵤ x[s u + d i − p] dy[u]: x correlated with dy, where batch and channels change places, and s and d too.
const filterGradient: Compute<FilterGradient, Sized, tf.Tensor> = defineOp({
  name: "Conv2DFilterGradient",
  plain({x, dy}, {stride, padding, dilation, sizes}) {
    const [rows, columns] = [0, 1].map((axis): [number, number] => {
      const reach = (dy.shape[axis + 1] - 1) * stride + (sizes[axis] - 1) * dilation + 1;
      return [padding, reach - padding - x.shape[axis + 1]];
    });
    const images = tf.transpose(x, [3, 1, 2, 0]); // (I, H, W, N)
    const taps = tf.transpose(dy, [1, 2, 0, 3]); // (H', W', N, O)
    const dw = correlate(images, taps, {rows, columns}, {stride: dilation, dilation: stride}); // (I, h, w, O)
    return tf.transpose(dw, [1, 2, 0, 3]); // (h, w, I, O)
  },
  variants: {wasm: filterGradientOnHeap, webgpu: webgpu.filterGradient},
  gradient: {
    inputs: ["x", "dy"],
    rule: (g, {x, dy}, _, {stride, padding, dilation}) => ({
      x: () => inputGradient({dy, filter: g}, {stride, padding, dilation, sizes: x.shape.slice(1, 3)}),
      dy: () => forward({x, filter: g}, {stride, padding, dilation})
    })
  }
});

/**
 * Cross-correlation of images with filters, as in every deep-learning library.
 *
 *   y[n, u, v, o] = Σ_{i, j, c} x[n, s u + d i − p, s v + d j − p, c] w[i, j, c, o],   x = 0 outside the image
 *
 * @param x (N, H, W, I).
 * @param filter (h, w, I, O).
 * @param options stride s ≥ 1, padding p ≥ 0 on each side, dilation d ≥ 1: integers, as torchvision's.
 * @returns (N, H', W', O) with H' = ⌊(H + 2p − d (h − 1) − 1) / s⌋ + 1.
 * @throws RangeError if the shapes differ, an option is not such an integer, or the filter does not fit.
 */
export function conv2d(
  x: tf.Tensor,
  filter: tf.Tensor,
  {stride = 1, padding = 0, dilation = 1}: Partial<Geometry> = {}
): tf.Tensor4D {
  const {H, W, h, w} = shapes("conv2d", {x: [x, "N H W I"], filter: [filter, "h w I O"]});
  const bounds = [["stride", stride, 1], ["padding", padding, 0], ["dilation", dilation, 1]] as const; // prettier-ignore
  for (const [name, value, least] of bounds)
    if (!Number.isInteger(value) || value < least)
      throw new RangeError(`conv2d: expected an integer ${name} ≥ ${least}, got ${value}`);
  const [reachH, reachW] = [h, w].map((taps) => dilation * (taps - 1) + 1);
  if (reachH > H + 2 * padding || reachW > W + 2 * padding)
    throw new RangeError(
      `conv2d: expected a filter within the padded image (${H + 2 * padding}, ${W + 2 * padding}), ` +
        `got one that reaches over (${reachH}, ${reachW})`
    );
  return forward({x, filter}, {stride, padding, dilation}) as tf.Tensor4D;
}
