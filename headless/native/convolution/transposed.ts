import {channelsFirst, channelsLast, padded} from "../trace/kernels/layout.js";
import type {Recording, Value} from "../trace/value.js";
import {reach, type Geometry} from "./geometry.js";

/**
 * The transposed map of a convolution, by the standard's operator: (N, H', W', O) → (N, H, W, I).
 *
 * @param taps (O, I / groups, h, w).
 */
export function transposedConvolution(recording: Recording, dy: Value, taps: Value, g: Geometry, groups = 1): Value {
  const {batch, inputs, image, result, kernel, stride, dilation, before} = g;
  // The operator ends where the last window does; pixels behind it have no gradient, and are cut off or added.
  const reached = reach(g).map((n, axis) => (result[axis] - 1) * stride[axis] + n - before[axis]);
  const attributes = {
    kernel_shape: kernel,
    strides: stride,
    dilations: dilation,
    pads: [...before, 0, 0],
    group: groups
  };
  const operands = [channelsFirst(recording, dy), taps].map(recording.name);
  const dx = recording.emit({shape: [batch, inputs, ...reached]}, "ConvTranspose", operands, attributes);
  const [rows, columns] = image.map((n, axis) => n - reached[axis]);
  return padded(recording, channelsLast(recording, dx), [[0, 0], [0, rows], [0, columns], [0, 0]]); // prettier-ignore
}
