import {joined, padded, sliced} from "../trace/kernels/layout.js";
import {count, type Recording, type Value} from "../trace/value.js";
import type {Geometry} from "./geometry.js";

/** Pixels relative to the first one that a result pixel could see: (row, column). */
export type Places = [row: number, column: number][];

const fewChannels = 8; // pixels this short are slower to copy one by one than as slices of the image

/** Each output pixel's window as one row: (N, H, W, I) → (N H' W', h w I). */
export function patches(recording: Recording, x: Value, g: Geometry): Value {
  const {inputs, kernel, dilation, before} = g;
  if (inputs < fewChannels) return slicedPatches(recording, x, g);
  const places = Array.from({length: count(kernel)}, (_, tap): [number, number] => {
    const [row, column] = [Math.floor(tap / kernel[1]), tap % kernel[1]];
    return [row * dilation[0] - before[0], column * dilation[1] - before[1]];
  });
  return gathered(recording, x, places, g);
}

/** For each result pixel u the input pixels s u + place, side by side, zeros outside the image: (N, H, W, I) → (N H' W', n I). */
export function gathered(
  recording: Recording,
  x: Value,
  places: Places,
  {result, stride}: {result: number[]; stride: number[]}
): Value {
  const [batch, height, width, inputs] = x.shape;
  const outside = height * width; // the index of a pixel of zeros behind the image
  const indices = Array.from({length: count(result)}, (_, at) => {
    const [u, v] = [Math.floor(at / result[1]) * stride[0], (at % result[1]) * stride[1]];
    return places.map(([row, column]) => {
      const [i, j] = [u + row, v + column];
      return i >= 0 && i < height && j >= 0 && j < width ? i * width + j : outside;
    });
  }).flat();
  const pixels = recording.reshape(x, [batch, outside, inputs]);
  const bordered = indices.includes(outside) ? padded(recording, pixels, [[0, 0], [0, 1], [0, 0]]) : pixels; // prettier-ignore
  const {graph} = recording;
  const operands = [recording.name(bordered), graph.constant("int32", [indices.length], Int32Array.from(indices))];
  const like = {shape: [batch, indices.length, inputs]};
  const rows = recording.emit(like, "Gather", operands, {axis: 1});
  return recording.reshape(rows, [batch * count(result), places.length * inputs]);
}

/** For each row u of a plane the rows u + shift, one plane after the other, zeros outside: (N, C, H, W) → (N, C n, H W). */
export function shiftedPlanes(recording: Recording, x: Value, shifts: number[]): Value {
  const [batch, channels, height, width] = x.shape;
  const rows = Array.from({length: height}, (_, u) => u);
  const indices = shifts.flatMap((by) => rows.map((u) => (u + by in rows ? u + by : height))); // behind the last: zeros
  const bordered = padded(recording, x, [[0, 0], [0, 0], [0, 1], [0, 0]]); // prettier-ignore
  const {graph} = recording;
  const operands = [recording.name(bordered), graph.constant("int32", [indices.length], Int32Array.from(indices))];
  const like = {shape: [batch, channels, indices.length, width]};
  const shifted = recording.emit(like, "Gather", operands, {axis: 2});
  return recording.reshape(shifted, [batch, channels * shifts.length, height * width]);
}

function slicedPatches(recording: Recording, x: Value, g: Geometry): Value {
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
