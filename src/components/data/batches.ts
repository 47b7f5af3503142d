import type {Records} from "./records.js";

/**
 * The records of the given rows, in their order, copied into arrays of their own.
 *
 * @param rows indices into the records; repeats are allowed.
 * @returns images (B, H, W, C) and labels (B).
 * @throws RangeError that names the first row outside the records.
 */
export function gather(records: Records, rows: ArrayLike<number>): {images: Uint8Array; labels: Uint8Array} {
  const size = records.height * records.width * records.channels;
  const images = new Uint8Array(rows.length * size);
  const labels = new Uint8Array(rows.length);
  for (let b = 0; b < rows.length; ++b) {
    const row = rows[b];
    if (!(row >= 0 && row < records.count))
      throw new RangeError(`gather: expected rows in [0, ${records.count}), got ${row}`);
    images.set(records.images.subarray(row * size, (row + 1) * size), b * size);
    labels[b] = records.labels[row];
  }
  return {images, labels};
}
