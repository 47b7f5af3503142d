import * as tf from "@tensorflow/tfjs";

/** Zeros before and behind the rows and the columns of an image; a negative count cuts off. */
export interface Margins {
  rows: [before: number, behind: number];
  columns: [before: number, behind: number];
}

/** Stock convolution of images with margins. It takes a stride or a dilation but not both: then zeros go between the taps. */
export function correlate(
  x: tf.Tensor,
  filter: tf.Tensor,
  {rows, columns}: Margins,
  {stride = 1, dilation = 1}: {stride?: number; dilation?: number} = {}
): tf.Tensor4D {
  const both = stride > 1 && dilation > 1;
  const taps = (both ? spaced(filter, 0, dilation) : filter) as tf.Tensor4D;
  const zeros = (margin: [number, number]) => margin.map((count) => Math.max(0, count)) as [number, number];
  // All four counts are given: from a single number tfjs computes the output's width with the filter's height.
  const pads = [[0, 0], zeros(rows), zeros(columns), [0, 0]] as never;
  return tf.conv2d(cut(x, {rows, columns}), taps, stride, pads, "NHWC", both ? 1 : dilation);
}

/** The same for a depthwise filter (h, w, 1, C). */
export function channelwise(
  x: tf.Tensor,
  filter: tf.Tensor,
  {rows, columns}: Margins,
  {stride = 1, dilation = 1}: {stride?: number; dilation?: number} = {}
): tf.Tensor4D {
  const [height, width, , channels] = filter.shape as number[];
  const taps = tf.reshape(filter, [height, width, channels, 1]);
  const zeros = (margin: [number, number]) => margin.map((count) => Math.max(0, count)) as [number, number];
  const pads = [[0, 0], zeros(rows), zeros(columns), [0, 0]] as never;
  return tf.depthwiseConv2d(cut(x, {rows, columns}), taps as tf.Tensor4D, stride, pads, "NHWC", dilation);
}

function cut(x: tf.Tensor, {rows, columns}: Margins): tf.Tensor4D {
  const [top, bottom, left, right] = [...rows, ...columns].map((count) => Math.max(0, -count));
  if (top + bottom + left + right === 0) return x as tf.Tensor4D;
  const [n, height, width, channels] = x.shape as number[];
  return tf.slice(x as tf.Tensor4D, [0, top, left, 0], [n, height - top - bottom, width - left - right, channels]);
}

/** `step` − 1 zeros between the neighbours along axes `axis` and `axis` + 1: sizes n become (n − 1) step + 1. */
export const spaced = (x: tf.Tensor, axis: 0 | 1, step: number): tf.Tensor4D =>
  (step === 1 ? x : spacedAlong(spacedAlong(x, axis, step), axis + 1, step)) as tf.Tensor4D;

/** One axis at a time, as (before, n, behind): WebGPU's stock pad has no shader for the six axes that both at once take. */
function spacedAlong(x: tf.Tensor, axis: number, step: number): tf.Tensor {
  const shape: number[] = x.shape;
  const size = (axes: number[]) => axes.reduce((product, n) => product * n, 1);
  const [before, n, behind] = [size(shape.slice(0, axis)), shape[axis], size(shape.slice(axis + 1))];
  const apart = tf.pad(tf.reshape(x, [before * n, 1, behind]), [[0, 0], [0, step - 1], [0, 0]]); // prettier-ignore
  const length = (n - 1) * step + 1;
  const kept = tf.slice(tf.reshape(apart, [before, n * step, behind]), [0, 0, 0], [before, length, behind]);
  return tf.reshape(kept, shape.with(axis, length));
}

/** A depthwise filter (h, w, 1, C) turned by 180°. */
export function turnedTaps(filter: tf.Tensor): tf.Tensor4D {
  const [height, width, , channels] = filter.shape as number[];
  const order = Array.from({length: height * width}, (_, i) => height * width - 1 - i);
  const turned = tf.gather(tf.reshape(filter, [height * width, channels]), tf.tensor1d(order, "int32"));
  return tf.reshape(turned, [height, width, 1, channels]);
}

/** The filter of the transposed map: (h, w, I, O) turned by 180° and with its channels exchanged, (h, w, O, I). */
export function turnedFilter(filter: tf.Tensor): tf.Tensor4D {
  const [height, width, inputs, outputs] = filter.shape as number[];
  const order = Array.from({length: height * width}, (_, i) => height * width - 1 - i);
  const taps = tf.reshape(filter, [height * width, inputs, outputs]);
  const turned = order.length > 1 ? tf.gather(taps, tf.tensor1d(order, "int32")) : taps;
  return tf.reshape(tf.transpose(turned, [0, 2, 1]), [height, width, outputs, inputs]);
}
