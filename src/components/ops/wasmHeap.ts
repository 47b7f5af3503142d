import * as tf from "@tensorflow/tfjs";
import type {BackendWasm} from "@tensorflow/tfjs-backend-wasm";

const backend = () => tf.backend() as unknown as BackendWasm;

/** A new float32 tensor on the wasm backend; its numbers are whatever lay there before. */
export function allocate(shape: number[]): tf.Tensor {
  return tf.engine().makeTensorFromTensorInfo(backend().makeOutput(shape, "float32"));
}

/**
 * A float32 tensor's numbers where they lie in the wasm heap. The view is valid until the next allocation, which may
 * move the heap: allocate every output first.
 */
export const numbers = (t: tf.Tensor): Float32Array => backend().typedArrayFromHeap(t) as Float32Array;

/** Where a matrix begins in an array, and how far apart its rows are. */
export interface Place {
  values: Float32Array;
  offset: number;
  stride: number;
}

/** Writes the transpose of a (rows, columns) matrix, in tiles that stay in the processor's first cache. */
export function transposeInto(to: Place, from: Place, rows: number, columns: number): void {
  const tile = 16;
  for (let top = 0; top < rows; top += tile) {
    const bottom = Math.min(rows, top + tile);
    for (let left = 0; left < columns; left += tile) {
      const right = Math.min(columns, left + tile);
      for (let c = left; c < right; ++c) {
        let source = from.offset + top * from.stride + c;
        let target = to.offset + c * to.stride + top;
        for (let r = top; r < bottom; ++r) {
          to.values[target++] = from.values[source];
          source += from.stride;
        }
      }
    }
  }
}

/** Visits a (rows, channels) array in tiles of rows that stay in the first cache, channel by channel: sums in registers. */
export function eachTile(
  length: number,
  channels: number,
  visit: (c: number, begin: number, end: number) => void
): void {
  const tile = Math.max(32, Math.floor(4096 / channels)) * channels;
  for (let begin = 0; begin < length; begin += tile)
    for (let c = 0; c < channels; ++c) visit(c, begin + c, Math.min(begin + tile, length));
}
