import type {Recording, Value} from "../trace/value.js";
import {transposed} from "../trace/kernels/layout.js";

/**
 * Convolution in onnxruntime's own layout, channels in blocks of 16 (NCHWc, for AVX-512): by a quarter faster in a
 * training step than its standard operator. The runtime would change the layout itself if the filters were constants.
 * The domain is internal to the runtime, whose version is therefore fixed.
 */
export const domain = "com.microsoft.nchwc";
const block = 16;

/** Whether the layout takes this many channels. */
export const fits = (...channels: number[]): boolean => channels.every((c) => c % block === 0);

/** The blocks that images (N, H, W, C) were made of, if they were: they need no way back. */
export function blocksOf({graph}: Recording, x: Value): Value | null {
  const node = "name" in x && x.shape.length === 4 ? graph.maker(x.name) : undefined;
  if (node?.operator !== "ReorderOutput") return null;
  const [n, h, w, c] = x.shape;
  return {shape: [n, c, h, w], dtype: x.dtype, name: node.inputs[0]};
}

/** (N, H, W, C) → blocks, known by their shape (N, C, H, W). */
export function toBlocks(recording: Recording, x: Value): Value {
  const known = blocksOf(recording, x);
  if (known) return known;
  const [n, h, w, c] = x.shape;
  return recording.emit({shape: [n, c, h, w]}, "ReorderInput", [recording.name(x)], {channels_last: 1}, {domain});
}

/** Blocks → (N, H, W, C). Where nobody reads the images, but only the blocks again, the node is idle and goes. */
export function fromBlocks(recording: Recording, y: Value): Value {
  const [n, c, h, w] = y.shape;
  const attributes = {channels: c, channels_last: 1};
  return recording.emit({shape: [n, h, w, c]}, "ReorderOutput", [recording.name(y)], attributes, {domain});
}

/** Blocks → planes (N, C, H, W). */
export const planes = (recording: Recording, y: Value): Value =>
  recording.emit(
    {shape: y.shape},
    "ReorderOutput",
    [recording.name(y)],
    {channels: y.shape[1], channels_last: 0},
    {domain}
  );

/** Filters (h w, I, O) → blocks, known as (O, I, h, w); of the transposed map, with I and O exchanged. */
export function filterBlocks(recording: Recording, taps: Value, [h, w]: number[], transposedMap = false): Value {
  const [count, inputs, outputs] = taps.shape;
  const split = recording.reshape(taps, [count, inputs / block, block, outputs / block, block]);
  if (transposedMap) return recording.reshape(transposed(recording, split, [1, 3, 0, 4, 2]), [inputs, outputs, h, w]);
  return recording.reshape(transposed(recording, split, [3, 1, 0, 2, 4]), [outputs, inputs, h, w]);
}

interface Window {
  result: number[];
  stride: number[];
  dilation: number[];
  before: number[];
  behind: number[];
}

/** @param x blocks. @param filter blocks. @returns images (N, H', W', O). */
export function blockedConvolution(
  recording: Recording,
  x: Value,
  filter: Value,
  {result, stride, dilation, before, behind}: Window
): Value {
  const attributes = {
    kernel_shape: filter.shape.slice(2),
    strides: stride,
    dilations: dilation,
    pads: [...before, ...behind]
  };
  const shape = [x.shape[0], filter.shape[0], ...result];
  const inputs = [recording.name(x), recording.name(filter)];
  return fromBlocks(recording, recording.emit({shape}, "Conv", inputs, attributes, {domain}));
}
