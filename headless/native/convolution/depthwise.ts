import {channelsFirst, channelsLast, sliced, transposed} from "../trace/kernels/layout.js";
import {sum} from "../trace/kernels/reduction.js";
import type {Recording, Value} from "../trace/value.js";
import {correlatedInBlocks, depthwiseInBlocks, turnedInBlocks} from "./depthwiseBlocks.js";
import type {Geometry} from "./geometry.js";
import {transposedConvolution} from "./transposed.js";

/** (h, w, C, M) → (C M, 1, h, w). */
const grouped = (recording: Recording, filter: Value, [h, w]: number[], channels: number) =>
  recording.reshape(transposed(recording, filter, [2, 3, 0, 1]), [channels, 1, h, w]);

const window = ({kernel, stride, dilation}: Geometry) => ({kernel_shape: kernel, strides: stride, dilations: dilation});

/** Each channel with its own M filters: (N, H, W, C) and (h, w, C, M) → (N, H', W', C M). */
export function depthwise(recording: Recording, x: Value, filter: Value, g: Geometry): Value {
  const blocked = depthwiseInBlocks(recording, x, filter, g);
  if (blocked) return blocked;
  const {batch, inputs, outputs, result, kernel, before, behind} = g;
  const operands = [channelsFirst(recording, x), grouped(recording, filter, kernel, outputs)].map(recording.name);
  const attributes = {...window(g), pads: [...before, ...behind], group: inputs};
  return channelsLast(recording, recording.emit({shape: [batch, outputs, ...result]}, "Conv", operands, attributes));
}

/** The gradient for x: the transposed convolution, channel by channel. */
export function depthwiseInputGradient(recording: Recording, dy: Value, filter: Value, g: Geometry): Value {
  return (
    turnedInBlocks(recording, dy, filter, g) ??
    transposedConvolution(recording, dy, grouped(recording, filter, g.kernel, g.outputs), g, g.inputs)
  );
}

/**
 * The gradient for the filter: each image's channel correlated with its gradient, as one convolution of N C groups whose
 * filters are dy, and the sum over the images. Stride and dilation change places.
 */
export function depthwiseFilterGradient(recording: Recording, x: Value, dy: Value, g: Geometry): Value {
  const blocked = correlatedInBlocks(recording, x, dy, g);
  if (blocked) return blocked;
  const {batch, inputs, outputs, image, result, kernel, stride, dilation, before, behind} = g;
  const groups = batch * inputs;
  const images = recording.reshape(channelsFirst(recording, x), [1, groups, ...image]);
  const taps = recording.reshape(channelsFirst(recording, dy), [batch * outputs, 1, ...result]);
  const spans = image.map((n, i) => n + before[i] + behind[i] - ((result[i] - 1) * stride[i] + 1));
  const reached = spans.map((n, i) => Math.floor(n / dilation[i]) + 1); // (h, w), or more where the stride leaves pixels
  const attributes = {
    kernel_shape: result,
    strides: dilation,
    dilations: stride,
    pads: [...before, ...behind],
    group: groups
  };
  const all = recording.emit(
    {shape: [1, batch * outputs, ...reached]},
    "Conv",
    [images, taps].map(recording.name),
    attributes
  );
  const cut = [0, 1].filter((i) => reached[i] > kernel[i]).map((i) => ({axis: i + 2, begin: 0, end: kernel[i]}));
  const separate = recording.reshape(sliced(recording, all, cut), [batch, inputs, outputs / inputs, ...kernel]);
  return transposed(recording, sum(recording, separate, 0), [2, 3, 0, 1]); // (C, M, h, w) → (h, w, C, M)
}
