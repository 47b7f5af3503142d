import type * as tf from "@tensorflow/tfjs";
import type {Pooled, Windows} from "./pool.js";
import {allocate, numbers} from "./wasmHeap.js";

/** Calls `visit` with each window's number and the numbers of its pixels inside the image, row by row. */
function eachWindow(
  x: number[],
  y: number[],
  {size, stride, padding}: Windows,
  visit: (window: number, pixels: number[]) => void
): void {
  const [batch, height, width] = x;
  const [, rows, columns] = y;
  const inside = (first: number, most: number) =>
    Array.from({length: size}, (_, i) => first + i).filter((at) => at >= 0 && at < most);
  for (let n = 0; n < batch; ++n)
    for (let row = 0; row < rows; ++row)
      for (let column = 0; column < columns; ++column) {
        const across = inside(column * stride - padding, width);
        const pixels = inside(row * stride - padding, height).flatMap((v) =>
          across.map((u) => (n * height + v) * width + u)
        );
        visit((n * rows + row) * columns + column, pixels);
      }
}

/** The gradient of a pooling on the wasm heap: each window gives its dy back to its pixels. */
export const scatterOnHeap =
  (kind: "max" | "avg") =>
  ({dy, x, y}: Pooled, windows: Windows): tf.Tensor => {
    const dx = allocate(x.shape);
    const [up, image, pooled, to] = [dy, x, y, dx].map(numbers);
    const channels = x.shape[3]!;
    to.fill(0);
    eachWindow(x.shape, y.shape, windows, (window, pixels) => {
      for (let c = 0; c < channels; ++c) {
        const at = window * channels + c;
        const first = pixels.find((pixel) => image[pixel * channels + c] === pooled[at]);
        if (kind === "avg") for (const pixel of pixels) to[pixel * channels + c] += up[at] / windows.size ** 2;
        else if (first !== undefined) to[first * channels + c] += up[at]; // not where a NaN is the largest
      }
    });
    return dx;
  };
