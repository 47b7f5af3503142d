import type {Records} from "../components/data/records.js";
import {rng} from "../components/math/random.js";

/** The same images with their labels in a random order: the classes are as frequent as before and mean nothing. */
export function shuffledLabels(records: Records, seed = 0): Records {
  const order = rng(seed).permutation(records.count);
  return {...records, labels: Uint8Array.from(order, (row) => records.labels[row])};
}

/** How many images of `test` are, byte for byte, also in `train`. */
export function shared(train: Records, test: Records): number {
  const size = train.height * train.width * train.channels;
  const keys = (records: Records) =>
    Array.from({length: records.count}, (_, i) => key(records.images.subarray(i * size, (i + 1) * size)));
  const known = new Set(keys(train));
  return keys(test).filter((name) => known.has(name)).length;
}

/** All bytes of an image as a text of half as many characters: equal texts are equal images. */
const key = (image: Uint8Array): string => String.fromCharCode(...pairs(image));

const pairs = (image: Uint8Array): Uint16Array =>
  Uint16Array.from({length: Math.ceil(image.length / 2)}, (_, i) => image[2 * i] | ((image[2 * i + 1] ?? 0) << 8));
