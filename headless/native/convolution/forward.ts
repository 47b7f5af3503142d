import {channelsFirst, channelsLast, transposed} from "../trace/kernels/layout.js";
import {gemm} from "../trace/kernels/product.js";
import {count, type Recording, type Value} from "../trace/value.js";
import {blockedConvolution, filterBlocks, fits, toBlocks} from "./blocked.js";
import {pointwise, type Geometry} from "./geometry.js";
import {patches} from "./patches.js";

const fewPixels = 16; // images this small are faster as a matrix product than in blocks

/** Images this small are one matrix product. */
export const tiny = (pixels: number[]): boolean => count(pixels) <= fewPixels;

/** y[u] = Σᵢ x[s u + d i − p] w[i], (N, H, W, I) and (h, w, I, O) → (N, H', W', O). */
export function convolution(recording: Recording, x: Value, filter: Value, g: Geometry): Value {
  const {batch, inputs, outputs, result, kernel} = g;
  const shape = [batch, ...result, outputs];
  if (pointwise(g) || (recording.dialect === "runtime" && (!fits(inputs, outputs) || tiny(result)))) {
    const rows = pointwise(g) ? recording.reshape(x, [count(x.shape) / inputs, inputs]) : patches(recording, x, g);
    const matrix = recording.reshape(filter, [count(kernel) * inputs, outputs]);
    return recording.reshape(gemm(recording, rows, matrix), shape);
  }
  if (recording.dialect === "standard") return standardConvolution(recording, x, filter, g);
  const taps = recording.reshape(filter, [count(kernel), inputs, outputs]);
  return blockedConvolution(recording, toBlocks(recording, x), filterBlocks(recording, taps, kernel), g);
}

/** The same by the standard's operator, channels first. */
function standardConvolution(recording: Recording, x: Value, filter: Value, g: Geometry): Value {
  const {batch, outputs, result, kernel, stride, dilation, before, behind} = g;
  const attributes = {kernel_shape: kernel, strides: stride, dilations: dilation, pads: [...before, ...behind]};
  const inputs = [channelsFirst(recording, x), transposed(recording, filter, [3, 2, 0, 1])];
  const y = recording.emit({shape: [batch, outputs, ...result]}, "Conv", inputs.map(recording.name), attributes);
  return channelsLast(recording, y);
}
