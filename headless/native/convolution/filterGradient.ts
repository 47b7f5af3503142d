import {transposed} from "../trace/kernels/layout.js";
import {gemm, matMul} from "../trace/kernels/product.js";
import {sum} from "../trace/kernels/reduction.js";
import {count, type Recording, type Value} from "../trace/value.js";
import {fits, planes, toBlocks} from "./blocked.js";
import {pointwise, type Geometry} from "./geometry.js";
import {gathered, patches, shiftedPlanes} from "./patches.js";

const fewChannels = 16; // below it, windows are short and nine shifted copies cost more than they save

/** dw[i] = Σᵤ x[s u + d i − p] dy[u], (N, H, W, I) and (N, H', W', O) → (h, w, I, O), as one matrix product. */
export function filterGradient(recording: Recording, x: Value, dy: Value, g: Geometry): Value {
  const {batch, inputs, outputs, kernel, result} = g;
  if (isCommon(g))
    return (recording.dialect === "runtime" && suitsPlanes(g) ? nineTapsOfPlanes : nineTaps)(recording, x, dy, g);
  const rows = pointwise(g) ? recording.reshape(x, [count(x.shape) / inputs, inputs]) : patches(recording, x, g);
  const dw = overRows(recording, rows, recording.reshape(dy, [batch * count(result), outputs]));
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
function nineTaps(recording: Recording, x: Value, dy: Value, g: Geometry): Value {
  const {inputs, outputs} = g;
  const columns = gathered(recording, x, [[0, -1], [0, 0], [0, 1]], g); // prettier-ignore
  const rows = gathered(recording, dy, [[1, 0], [0, 0], [-1, 0]], g); // prettier-ignore
  const dw = overRows(recording, columns, rows); // (w I, h O)
  return transposed(recording, recording.reshape(dw, [3, inputs, 3, outputs]), [2, 0, 1, 3]);
}

/** Few channels of large images: there turning an operand around would cost a third of the product. */
const suitsPlanes = ({inputs, result}: Geometry): boolean => fits(inputs) && inputs <= 64 && count(result) >= 256;

/** The same with x as planes, shifted along the rows, and dy along the columns: neither operand is transposed. */
function nineTapsOfPlanes(recording: Recording, x: Value, dy: Value, g: Geometry): Value {
  const {batch, inputs, outputs, image} = g;
  const rows = shiftedPlanes(recording, planes(recording, toBlocks(recording, x)), [-1, 0, 1]); // (N, I h, H W)
  const columns = gathered(recording, dy, [[0, 1], [0, 0], [0, -1]], g); // prettier-ignore
  const images = matMul(recording, rows, recording.reshape(columns, [batch, count(image), 3 * outputs])); // (N, I h, w O)
  const dw = recording.reshape(sum(recording, images, 0), [inputs, 3, 3, outputs]);
  return transposed(recording, dw, [1, 2, 0, 3]);
}

const fewRows = 512;
const mostParts = 8;
const manyResults = 2 ** 19; // enough for threads to share

/**
 * aᵀ b of tall matrices (P, L) and (P, R). As a batch of products of some rows each, and their sum, it takes two thirds of
 * the time: threads share the rows instead of the few columns.
 */
function overRows(recording: Recording, a: Value, b: Value): Value {
  const [[rows, l], [, r]] = [a.shape, b.shape];
  const most = l * r < manyResults ? mostParts : 1;
  const parts = [...Array(most + 1).keys()].findLast((n) => n > 0 && rows % n === 0 && rows / n >= fewRows) ?? 1;
  if (recording.dialect === "standard" || parts === 1) return gemm(recording, a, b, {transposeA: true});
  const [left, right] = [a, b].map((value) => recording.reshape(value, [parts, rows / parts, value.shape[1]]));
  return sum(recording, matMul(recording, left, right, {transposeA: true}), 0);
}
