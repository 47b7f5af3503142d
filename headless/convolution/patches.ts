import {joined, padded, sliced} from "../trace/kernels/layout.js";
import {count, type Recording, type Value} from "../trace/value.js";
import type {Geometry} from "./geometry.js";

/** Each output pixel's window as one row: (N, H, W, I) → (N H' W', h w I). */
export function patches(recording: Recording, x: Value, g: Geometry): Value {
  const {batch, inputs, result, kernel, stride, dilation, before, behind} = g;
  const wide = padded(recording, x, [
    [0, 0],
    [before[0], behind[0]],
    [before[1], behind[1]],
    [0, 0]
  ]);
  const window = (axis: 0 | 1, tap: number) => {
    const begin = tap * dilation[axis];
    return {axis: axis + 1, begin, end: begin + (result[axis] - 1) * stride[axis] + 1, step: stride[axis]};
  };
  const taps = Array.from({length: count(kernel)}, (_, tap) => [Math.floor(tap / kernel[1]), tap % kernel[1]]);
  const views = taps.map(([row, column]) => sliced(recording, wide, [window(0, row), window(1, column)]));
  return recording.reshape(joined(recording, views, 3), [batch * count(result), count(kernel) * inputs]);
}
