import type * as tf from "@tensorflow/tfjs";
import type {FilterGradient, Sized} from "./depthwiseConv2d.js";
import {allocate, numbers} from "./wasmHeap.js";

/**
 * dw[i] = Σᵤ x[s u + i − p] dy[u] as loops over the wasm heap, the channels inside: the plain composition would copy both
 * images into another order first, and hand the backend filters as large as images, for which it has no fast way.
 */
export function filterGradientOnHeap({x, dy}: FilterGradient, {stride, padding, sizes}: Sized): tf.Tensor {
  const [count, height, width, channels] = x.shape as number[];
  const [, rows, columns] = dy.shape as number[];
  const dw = allocate([...sizes, 1, channels]);
  const [images, ups, sums] = [numbers(x), numbers(dy), numbers(dw).fill(0)];
  const inside = (tap: number, length: number, results: number) => {
    const first = Math.max(0, Math.ceil((padding - tap) / stride));
    return [first, Math.min(results - 1, Math.floor((length - 1 + padding - tap) / stride))];
  };
  for (let i = 0; i < sizes[0]; ++i) {
    const [top, bottom] = inside(i, height, rows);
    for (let j = 0; j < sizes[1]; ++j) {
      const [left, right] = inside(j, width, columns);
      const tap = (i * sizes[1] + j) * channels;
      for (let n = 0; n < count; ++n)
        for (let u = top; u <= bottom; ++u) {
          const row = (n * height + u * stride + i - padding) * width + j - padding;
          for (let v = left; v <= right; ++v) {
            const from = (row + v * stride) * channels;
            const up = ((n * rows + u) * columns + v) * channels;
            for (let c = 0; c < channels; ++c) sums[tap + c] += images[from + c] * ups[up + c];
          }
        }
    }
  }
  return dw;
}
