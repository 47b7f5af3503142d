import {joined, padded, transposed} from "../trace/kernels/layout.js";
import {gemm} from "../trace/kernels/product.js";
import {count, type Recording, type Value} from "../trace/value.js";
import {blockedConvolution, filterBlocks, fits, toBlocks} from "./blocked.js";
import {convolution, tiny} from "./forward.js";
import {reach, type Geometry} from "./geometry.js";
import {transposedConvolution} from "./transposed.js";

/** dx[v] = Σᵢ dy[(v + p − d i) / s] w[i], (N, H', W', O) and (h, w, I, O) → (N, H, W, I). */
export function inputGradient(recording: Recording, dy: Value, filter: Value, g: Geometry): Value {
  const {inputs, outputs, kernel, stride, before, behind} = g;
  const bare = [...before, ...behind].every((n) => n === 0);
  if (count(kernel) === 1 && bare) return pointwiseGradient(recording, dy, filter, g);
  if (recording.dialect === "runtime" && fits(inputs, outputs)) {
    if (count(stride) === 1) {
      const turned = correlation(g);
      if ([...turned.before, ...turned.behind].every((n) => n >= 0))
        return turnedConvolution(recording, dy, filter, turned);
    }
    if (hasPhases(g)) return byPhases(recording, dy, filter, g);
  }
  return transposedConvolution(recording, dy, transposed(recording, filter, [3, 2, 0, 1]), g);
}

/** A filter of one pixel: a matrix product, then zeros where the stride passed over. */
function pointwiseGradient(recording: Recording, dy: Value, filter: Value, g: Geometry): Value {
  const {batch, inputs, outputs, image, result, stride} = g;
  const rows = recording.reshape(dy, [batch * count(result), outputs]);
  const dx = gemm(recording, rows, recording.reshape(filter, [inputs, outputs]), {transposeB: true});
  if (count(stride) === 1) return recording.reshape(dx, [batch, ...image, inputs]);
  const apart = recording.reshape(dx, [batch, result[0], 1, result[1], 1, inputs]);
  const spaced = padded(recording, apart, [
    [0, 0],
    [0, 0],
    [0, stride[0] - 1],
    [0, 0],
    [0, stride[1] - 1],
    [0, 0]
  ]);
  const full = result.map((n, axis) => n * stride[axis]);
  const surplus = image.map((n, axis) => n - full[axis]); // one pixel or more may be past the last output, or missing
  const wide = recording.reshape(spaced, [batch, ...full, inputs]);
  return padded(recording, wide, [
    [0, 0],
    [0, surplus[0]],
    [0, surplus[1]],
    [0, 0]
  ]);
}

/** At stride 1 the gradient is a correlation of dy with the turned filter. */
function correlation(g: Geometry): Geometry {
  const before = reach(g).map((n, axis) => n - 1 - g.before[axis]) as [number, number];
  const behind = g.image.map((n, axis) => n + g.before[axis] - g.result[axis]) as [number, number];
  return {...g, inputs: g.outputs, outputs: g.inputs, image: g.result, result: g.image, before, behind};
}

function turnedConvolution(recording: Recording, dy: Value, filter: Value, turned: Geometry): Value {
  const {inputs, outputs, kernel, result} = turned; // of the turned map
  const length = count(kernel);
  const taps = picked(
    recording,
    filter,
    Array.from({length}, (_, i) => length - 1 - i)
  ); // (h w, I, O)
  if (!tiny(result))
    return blockedConvolution(recording, toBlocks(recording, dy), filterBlocks(recording, taps, kernel, true), turned);
  const matrix = recording.reshape(transposed(recording, taps, [0, 2, 1]), [...kernel, inputs, outputs]);
  return convolution(recording, dy, matrix, turned);
}

/** Some of a filter's taps (h w, I, O), in the given order. */
function picked(recording: Recording, filter: Value, order: number[]): Value {
  const [h, w, inputs, outputs] = filter.shape;
  const taps = recording.reshape(filter, [h * w, inputs, outputs]);
  if (order.length === 1 && h * w === 1) return taps;
  const like = {shape: [order.length, inputs, outputs]};
  return recording.emit(like, "Gather", [recording.name(taps), recording.graph.integers(order)], {axis: 0});
}

const hasPhases = ({kernel, stride, dilation, image, result}: Geometry) =>
  kernel.every((n) => n === 3) &&
  stride.every((n) => n === 2) &&
  dilation.every((n) => n === 1) &&
  image.every((n, axis) => n === 2 * result[axis]);

/** Taps that reach pixels of one parity, with the output they come from: (tap, offset), offsets rising. */
const tapsOf = (parity: number, padding: number): [tap: number, offset: number][] =>
  [0, 1, 2]
    .filter((tap) => (parity + padding - tap) % 2 === 0)
    .map((tap): [number, number] => [tap, (parity + padding - tap) / 2])
    .sort(([, a], [, b]) => a - b);

/** At stride 2, dx at even and odd rows and columns are four small convolutions of dy: no multiplication by zeros. */
function byPhases(recording: Recording, dy: Value, filter: Value, g: Geometry): Value {
  const {batch, inputs, image, result, before} = g;
  const blocks = toBlocks(recording, dy);
  const phase = (row: number, column: number) => {
    const [rows, columns] = [tapsOf(row, before[0]), tapsOf(column, before[1])];
    const taps = picked(
      recording,
      filter,
      rows.flatMap(([i]) => columns.map(([j]) => 3 * i + j))
    );
    const blocked = filterBlocks(recording, taps, [rows.length, columns.length], true);
    const window = {
      result,
      stride: [1, 1],
      dilation: [1, 1],
      before: [-rows[0][1], -columns[0][1]],
      behind: [rows.at(-1)![1], columns.at(-1)![1]]
    };
    const dx = blockedConvolution(recording, blocks, blocked, window);
    return recording.reshape(dx, [batch, result[0], 1, result[1], 1, inputs]);
  };
  const lines = [0, 1].map((row) => joined(recording, [phase(row, 0), phase(row, 1)], 4));
  return recording.reshape(joined(recording, lines, 2), [batch, ...image, inputs]);
}
