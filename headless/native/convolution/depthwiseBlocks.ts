import {padded, transposed} from "../trace/kernels/layout.js";
import {sum} from "../trace/kernels/reduction.js";
import {count, type Recording, type Value} from "../trace/value.js";
import {domain, fits, fromBlocks, toBlocks} from "./blocked.js";
import type {Geometry} from "./geometry.js";

// Depthwise convolutions in blocks of 16 channels, one filter for each channel: the runtime's standard operator makes a
// matrix of windows and a product of one row for every channel of every image.

const lanes = 16;

const apt = (recording: Recording, {inputs, outputs}: Geometry) =>
  recording.dialect === "runtime" && inputs === outputs && fits(inputs);

/** (h, w, C, 1) → the filter in blocks, known as (C, 1, h, w); `order` is that of the taps, theirs unless told. */
function filterInBlocks(recording: Recording, filter: Value, order?: number[]): Value {
  const [h, w, channels] = filter.shape;
  const taps = recording.reshape(filter, [h * w, channels / lanes, lanes]);
  const inputs = order && [recording.name(taps), recording.graph.integers(order)];
  const ordered = inputs ? recording.emit(taps, "Gather", inputs, {axis: 0}) : taps;
  return recording.reshape(transposed(recording, ordered, [1, 0, 2]), [channels, 1, h, w]);
}

/** Blocks (N, C, H, W), filters in blocks (C, 1, h, w) → blocks (N, C, H', W'). */
function convolved(recording: Recording, x: Value, filter: Value, result: number[], window: Record<string, number[]>) {
  const attributes = {group: x.shape[1], kernel_shape: filter.shape.slice(2), ...window};
  const inputs = [x, filter].map(recording.name);
  return recording.emit({shape: [...x.shape.slice(0, 2), ...result]}, "Conv", inputs, attributes, {domain});
}

/** y[u] = Σᵢ x[s u + d i − p] w[i], or nothing where blocks do not fit. */
export function depthwiseInBlocks(recording: Recording, x: Value, filter: Value, g: Geometry): Value | null {
  if (!apt(recording, g)) return null;
  const window = {strides: g.stride, dilations: g.dilation, pads: [...g.before, ...g.behind]};
  const taps = filterInBlocks(recording, filter);
  return fromBlocks(recording, convolved(recording, toBlocks(recording, x), taps, g.result, window));
}

/** dx: dy with s − 1 zeros between its values, correlated with the turned filter; or nothing where blocks do not fit. */
export function turnedInBlocks(recording: Recording, dy: Value, filter: Value, g: Geometry): Value | null {
  const wide = g.result.map((n, axis) => (n - 1) * g.stride[axis] + 1);
  const before = g.kernel.map((k, axis) => (k - 1) * g.dilation[axis] - g.before[axis]);
  const behind = g.image.map((n, axis) => n + g.before[axis] - wide[axis]);
  if (!apt(recording, g) || [...before, ...behind].some((n) => n < 0)) return null;
  const taps = count(g.kernel);
  const turned = Array.from({length: taps}, (_, i) => taps - 1 - i);
  const window = {strides: [1, 1], dilations: g.dilation, pads: [...before, ...behind]};
  const images = toBlocks(recording, spaced(recording, dy, g));
  return fromBlocks(
    recording,
    convolved(recording, images, filterInBlocks(recording, filter, turned), g.image, window)
  );
}

function spaced(recording: Recording, dy: Value, {batch, outputs, result, stride}: Geometry): Value {
  if (count(stride) === 1) return dy;
  const apart = recording.reshape(dy, [batch, result[0], 1, result[1], 1, outputs]);
  const zeros = (axis: number): [number, number] => [0, stride[axis] - 1];
  const wide = padded(recording, apart, [[0, 0], [0, 0], zeros(0), [0, 0], zeros(1), [0, 0]]); // prettier-ignore
  const full = result.map((n, axis) => n * stride[axis]);
  const [rows, columns] = stride.map((s) => 1 - s);
  return padded(recording, recording.reshape(wide, [batch, ...full, outputs]), [[0, 0], [0, rows], [0, columns], [0, 0]]); // prettier-ignore
}

/**
 * dw: every channel of every image correlated with its own dy, as one convolution of N C channels with filters as large as
 * dy, and the sum over the images; stride and dilation change places. Nothing where blocks do not fit.
 */
export function correlatedInBlocks(recording: Recording, x: Value, dy: Value, g: Geometry): Value | null {
  const {batch, inputs, image, result, kernel, stride, dilation, before} = g;
  const behind = kernel.map(
    (k, axis) => (k - 1) * dilation[axis] + (result[axis] - 1) * stride[axis] + 1 - image[axis] - before[axis]
  );
  if (!apt(recording, g) || behind.some((n) => n < 0)) return null;
  const images = recording.reshape(toBlocks(recording, x), [1, batch * inputs, ...image]);
  const filters = recording.reshape(toBlocks(recording, dy), [batch * inputs, 1, ...result]);
  const window = {strides: dilation, dilations: stride, pads: [...before, ...behind]};
  const each = convolved(recording, images, filters, kernel, window); // blocks (1, N C, h, w)
  const parts = recording.reshape(each, [batch, inputs / lanes, count(kernel), lanes]);
  const taps = transposed(recording, sum(recording, parts, 0), [1, 0, 2]); // (h w, C / 16, 16)
  return recording.reshape(taps, [...kernel, inputs, 1]);
}
