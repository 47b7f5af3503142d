import {normalise as standardise, type Geometry} from "../data/augment.js";
import {views as drawn, type ViewOptions} from "../data/augment/views.js";
import {gather} from "../data/batches.js";
import type {Records} from "../data/records.js";
import {rng as streams, type Rng} from "../math/random.js";
import type {Batch, Block} from "../train/task.js";

/** Pixel statistics, per channel, of values on [0, 1]. */
export interface Normalisation {
  mean: readonly number[];
  deviation: readonly number[];
}

/** first, second (B, S, S, 3): two views of each image. */
export type PairBatch = Batch & {first: Block; second: Block};

/** The same of held-out images, with the images (B, H, W, 3) as they are, and mask (B): 1 for a record, 0 for padding. */
export type PairView = PairBatch & {images: Block; mask: Block};

/**
 * Batches of two views an image; labels are not looked at. Training pairs are drawn anew each time, pairs to evaluate on are
 * a function of the record's row alone: the same ones after every epoch, drawn as the training pairs are.
 */
export function pairs(options: ViewOptions, normalisation: Normalisation) {
  const blockOf = (images: Uint8Array, side: Omit<Geometry, "channels">) => imageBlock(images, side, normalisation);
  const square = {height: options.size, width: options.size};
  return {
    sample(rng: Rng, records: Records, rows: Uint32Array): PairBatch {
      const {images} = gather(records, rows);
      const [first, second] = drawn(rng, images, records, options);
      return {first: blockOf(first, square), second: blockOf(second, square)};
    },
    view(records: Records, rows: Uint32Array, size: number): PairView {
      const {images, mask} = padded(records, rows, size);
      const made = [0, 1].map(() => new Uint8Array(size * options.size ** 2 * 3));
      const bytes = records.height * records.width * records.channels;
      rows.forEach((row, i) => {
        const one = drawn(fixed.fork(row), images.subarray(i * bytes, (i + 1) * bytes), records, options);
        one.forEach((view, which) => made[which].set(view, i * view.length));
      });
      const [first, second] = made.map((bytes) => blockOf(bytes, square));
      return {images: blockOf(images, records), mask, first, second};
    }
  };
}

const fixed = streams(0).fork("pairs");

/** Bytes (B, H, W, 3) as standardised numbers. */
export function imageBlock(
  images: Uint8Array,
  {height, width}: Omit<Geometry, "channels">,
  {mean, deviation}: Normalisation
): Block {
  const count = images.length / (height * width * mean.length);
  return {data: standardise(images, mean, deviation), shape: [count, height, width, mean.length]};
}

/** The images of the given rows, followed by black ones. @throws RangeError if there are more rows than `size`. */
export function padded(records: Records, rows: Uint32Array, size: number): {images: Uint8Array; mask: Block} {
  if (rows.length > size) throw new RangeError(`view: expected at most ${size} rows, got ${rows.length}`);
  const images = new Uint8Array(size * records.height * records.width * records.channels);
  images.set(gather(records, rows).images);
  const mask = Float32Array.from({length: size}, (_, i) => (i < rows.length ? 1 : 0));
  return {images, mask: {data: mask, shape: [size]}};
}
