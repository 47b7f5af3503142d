import type {Records} from "./records.js";

/**
 * The records from … up to …, as views of the same bytes. What a set knows besides images and labels is left out.
 *
 * @throws RangeError if they are not all there.
 */
export function part(records: Records, from: number, to: number): Records {
  if (!(0 <= from && from <= to && to <= records.count))
    throw new RangeError(`part: expected rows within 0 … ${records.count}, got ${from} … ${to}`);
  const {height, width, channels, classes, digest, note} = records;
  const size = height * width * channels;
  const images = records.images.subarray(from * size, to * size);
  const labels = records.labels.subarray(from, to);
  return {images, labels, count: to - from, height, width, channels, classes, digest, note};
}
