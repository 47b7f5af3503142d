import type {Records} from "../../components/data/records.js";

/** What patches are taken from. */
export type Pictures = Pick<Records, "images" | "height" | "width" | "channels" | "count">;

/**
 * Square patches of images on [0, 1], every `stride` pixels: rows of side² · C numbers in the order (row, column, channel),
 * one after another.
 */
export function patches(
  {images, height, width, channels, count}: Pictures,
  side: number,
  stride: number
): Float64Array {
  const places = (length: number) => Math.floor((length - side) / stride) + 1;
  const size = side * side * channels;
  const out = new Float64Array(count * places(height) * places(width) * size);
  let to = 0;
  for (let n = 0; n < count; ++n)
    for (let top = 0; top + side <= height; top += stride)
      for (let left = 0; left + side <= width; left += stride)
        for (let i = 0; i < side; ++i) {
          const from = ((n * height + top + i) * width + left) * channels;
          for (let k = 0; k < side * channels; ++k) out[to++] = images[from + k] / 255;
        }
  return out;
}

/** Filters beside each other as real images, (N, side, side, 3). */
export const filterImages = (filters: number[][], side: number) => ({
  data: Float32Array.from(filters.flat()),
  ...{height: side, width: side, channels: 3}
});
