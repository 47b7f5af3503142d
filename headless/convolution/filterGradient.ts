import {joined, padded, transposed} from "../trace/kernels/layout.js";
import {gemm} from "../trace/kernels/product.js";
import {count, type Recording, type Value} from "../trace/value.js";
import {pointwise, type Geometry} from "./geometry.js";
import {patches} from "./patches.js";

const fewChannels = 16; // below it, windows are short and nine shifted copies cost more than they save

/** dw[i] = Σᵤ x[s u + d i − p] dy[u], (N, H, W, I) and (N, H', W', O) → (h, w, I, O), as one matrix product. */
export function filterGradient(recording: Recording, x: Value, dy: Value, g: Geometry): Value {
  const {batch, inputs, outputs, kernel, result} = g;
  if (isCommon(g)) return nineTaps(recording, x, dy, g);
  const rows = pointwise(g) ? recording.reshape(x, [count(x.shape) / inputs, inputs]) : patches(recording, x, g);
  const dw = gemm(recording, rows, recording.reshape(dy, [batch * count(result), outputs]), {transposeA: true});
  return recording.reshape(dw, [...kernel, inputs, outputs]);
}

/** 3 × 3, stride 1, padding 1: nearly all of a residual network. */
const isCommon = ({inputs, kernel, stride, dilation, before, behind}: Geometry) =>
  inputs >= fewChannels &&
  kernel.every((n) => n === 3) &&
  [...stride, ...dilation, ...before, ...behind].every((n) => n === 1);

/**
 * With x shifted along the columns and dy along the rows, three copies each, one product (3 I, P) × (P, 3 O) holds all
 * nine taps, and reads three copies of x where patches would write nine.
 */
function nineTaps(recording: Recording, x: Value, dy: Value, {batch, inputs, outputs, result}: Geometry): Value {
  const shifted = (value: Value, axis: number, by: number) => {
    const paddings = value.shape.map((_, i): [number, number] => (i === axis ? [by, -by] : [0, 0]));
    return padded(recording, value, paddings);
  };
  const pixels = batch * count(result);
  const columns = joined(recording, [shifted(x, 2, 1), x, shifted(x, 2, -1)], 3);
  const rows = joined(recording, [shifted(dy, 1, -1), dy, shifted(dy, 1, 1)], 3);
  const [left, right] = [
    recording.reshape(columns, [pixels, 3 * inputs]),
    recording.reshape(rows, [pixels, 3 * outputs])
  ];
  const dw = gemm(recording, left, right, {transposeA: true}); // (w I, h O)
  return transposed(recording, recording.reshape(dw, [3, inputs, 3, outputs]), [2, 0, 1, 3]);
}
