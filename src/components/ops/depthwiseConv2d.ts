import * as tf from "@tensorflow/tfjs";
import {shapes} from "../tensor/shape.js";
import {filterGradientOnHeap} from "./depthwiseConv2dWasm.js";
import {defineOp, floats, type Compute} from "./op.js";
import * as webgpu from "./webgpu/depthwiseConv2d.js";
import {channelwise, spaced, turnedTaps} from "./spatial.js";

/** Stride s and padding p, the same in both directions. */
export type Geometry = {stride: number; padding: number};
/** … and what the inputs do not tell: the image's (H, W), or the filter's (h, w). */
export type Sized = Geometry & {sizes: number[]};
export type Forward = {x: tf.Tensor; filter: tf.Tensor};
export type InputGradient = {dy: tf.Tensor; filter: tf.Tensor};
export type FilterGradient = {x: tf.Tensor; dy: tf.Tensor};

// y[u] = Σᵢ x[s u + i − p] w[i], channel by channel. As in conv2d.ts, each of the three maps is a gradient of the others.
const forward: Compute<Forward, Geometry, tf.Tensor> = defineOp({
  name: "DepthwiseConv2D",
  plain: ({x, filter}, {stride, padding}): tf.Tensor =>
    channelwise(x, filter, {rows: [padding, padding], columns: [padding, padding]}, {stride}),
  variants: {webgpu: floats(webgpu.forward)},
  gradient: {
    inputs: ["x", "filter"],
    rule: (dy, {x, filter}, _, {stride, padding}) => ({
      x: () => inputGradient({dy, filter}, {stride, padding, sizes: x.shape.slice(1, 3)}),
      filter: () => filterGradient({x, dy}, {stride, padding, sizes: filter.shape.slice(0, 2)})
    })
  }
});

// dx[v] = Σᵢ dy[(v + p − i) / s] w[i]: dy with s − 1 zeros between its values, correlated with the turned filter.
const inputGradient: Compute<InputGradient, Sized, tf.Tensor> = defineOp({
  name: "DepthwiseConv2DInputGradient",
  plain({dy, filter}, {stride, padding, sizes}): tf.Tensor {
    const wide = spaced(dy, 1, stride);
    const [rows, columns] = [0, 1].map((axis): [number, number] => {
      const before = filter.shape[axis] - 1 - padding;
      return [before, sizes[axis] + padding - wide.shape[axis + 1]];
    });
    return channelwise(wide, turnedTaps(filter), {rows, columns});
  },
  variants: {webgpu: floats(webgpu.inputGradient)},
  gradient: {
    inputs: ["dy", "filter"],
    rule: (g, {dy, filter}, _, {stride, padding}) => ({
      dy: () => forward({x: g, filter}, {stride, padding}),
      filter: () => filterGradient({x: g, dy}, {stride, padding, sizes: filter.shape.slice(0, 2)})
    })
  }
});

// dw[i] = Σᵤ x[s u + i − p] dy[u]: every channel of every image is correlated with its own dy, then the images are added.
const filterGradient: Compute<FilterGradient, Sized, tf.Tensor> = defineOp({
  name: "DepthwiseConv2DFilterGradient",
  plain({x, dy}, {stride, padding, sizes}) {
    const [rows, columns] = [0, 1].map((axis): [number, number] => {
      const reach = (dy.shape[axis + 1] - 1) * stride + sizes[axis];
      return [padding, reach - padding - x.shape[axis + 1]];
    });
    const [count, , , channels] = x.shape as number[];
    const images = tf.reshape(tf.transpose(x, [1, 2, 0, 3]), [1, ...x.shape.slice(1, 3), count * channels]);
    const taps = tf.reshape(tf.transpose(dy, [1, 2, 0, 3]), [...dy.shape.slice(1, 3), 1, count * channels]);
    const each = channelwise(images, taps, {rows, columns}, {dilation: stride}); // (1, h, w, N C)
    return tf.sum(tf.reshape(each, [...sizes, count, channels]), 2, false).reshape([...sizes, 1, channels]);
  },
  variants: {wasm: floats(filterGradientOnHeap), webgpu: floats(webgpu.filterGradient)},
  gradient: {
    inputs: ["x", "dy"],
    rule: (g, {x, dy}, _, {stride, padding}) => ({
      x: () => inputGradient({dy, filter: g}, {stride, padding, sizes: x.shape.slice(1, 3)}),
      dy: () => forward({x, filter: g}, {stride, padding})
    })
  }
});

/**
 * Depthwise cross-correlation: each channel with a filter of its own. Chollet 2017, section 1.
 *
 *   y[n, u, v, c] = Σ_{i, j} x[n, s u + i − p, s v + j − p, c] w[i, j, 0, c],   x = 0 outside the image
 *
 * It is `conv2d` with a filter that is 0 wherever input and output channels differ, for 1 / C of the multiplications.
 *
 * @param x (N, H, W, C).
 * @param filter (h, w, 1, C): a convolution in C groups of one channel, with PyTorch's axes in our order.
 * @param options stride s ≥ 1 and padding p ≥ 0 on each side: integers.
 * @returns (N, H', W', C) with H' = ⌊(H + 2p − h) / s⌋ + 1.
 * @throws RangeError if the shapes differ, an option is not such an integer, or the filter does not fit.
 */
export function depthwiseConv2d(
  x: tf.Tensor,
  filter: tf.Tensor,
  {stride = 1, padding = 0}: Partial<Geometry> = {}
): tf.Tensor4D {
  const {H, W, h, w} = shapes("depthwiseConv2d", {x: [x, "N H W C"], filter: [filter, "h w 1 C"]});
  const bounds = [["stride", stride, 1], ["padding", padding, 0]] as const; // prettier-ignore
  for (const [name, value, least] of bounds)
    if (!Number.isInteger(value) || value < least)
      throw new RangeError(`depthwiseConv2d: expected an integer ${name} ≥ ${least}, got ${value}`);
  if (h > H + 2 * padding || w > W + 2 * padding)
    throw new RangeError(
      `depthwiseConv2d: expected a filter within the padded image (${H + 2 * padding}, ${W + 2 * padding}), got (${h}, ${w})`
    );
  return forward({x, filter}, {stride, padding}) as tf.Tensor4D;
}
