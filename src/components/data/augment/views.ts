import type {Rng} from "../../math/random.js";
import type {Geometry} from "../augment.js";
import {grayscale} from "./colour.js";
import {colourJitter} from "./colourJitter.js";
import {flip} from "./flip.js";
import {cropWindow, resizedCrop} from "./resizedCrop.js";

/** How a view of an image is made. */
export interface ViewOptions {
  /** S, the view's height and width in pixels. */
  size: number;
  /** The least and the greatest part of the image's area that is seen. */
  scale?: readonly [low: number, high: number];
  /** s of the colour jitter; 0 leaves the colours alone. */
  strength?: number;
  /** The probability of a gray view. */
  gray?: number;
}

const jittered = 0.8;

/**
 * One random view of each image: a resized crop, mirrored with probability ½, its colours jittered with probability 0.8,
 * gray with probability 0.1. SimCLR, Chen et al. 2020, appendix A; s = ½ as in its CIFAR-10 experiments, appendix B.9.
 *
 * The paper's blur is left out, as in those experiments: its kernel, a tenth of the side, would be 3 pixels wide at 32, and
 * nothing finer than an edge is there to be blurred away. paper: gray with probability 0.2; fewer gray views did better in
 * short trainings on CIFAR-10.
 *
 * @param images (N, H, W, 3) bytes.
 * @returns (N, S, S, 3) bytes, rounded once, after all changes.
 * @throws RangeError if `images` is not a whole number of RGB images, or an option is out of its range.
 */
export function view(rng: Rng, images: Uint8Array, geometry: Geometry, options: ViewOptions): Uint8Array {
  const {size, scale = [0.08, 1], strength = 0.5, gray = 0.1} = options;
  const bytes = geometry.height * geometry.width * geometry.channels;
  const count = images.length / bytes;
  expectViews(geometry, count, {size, scale, strength, gray});
  const pixels = new Float32Array(size * size * 3);
  const out = new Uint8Array(count * pixels.length);
  for (let n = 0; n < count; ++n) {
    resizedCrop(pixels, images.subarray(n * bytes, (n + 1) * bytes), geometry, cropWindow(rng, geometry, {scale}));
    if (rng.next() < 0.5) flip(pixels, 3);
    if (rng.next() < jittered) colourJitter(rng, pixels, strength);
    if (rng.next() < gray) grayscale(pixels);
    const to = n * pixels.length;
    for (let i = 0; i < pixels.length; ++i) out[to + i] = pixels[i] + 0.5; // stored as an integer, the fraction cut off
  }
  return out;
}

/** Two views of each image, drawn independently. @throws RangeError as `view`. */
export const views = (
  rng: Rng,
  images: Uint8Array,
  geometry: Geometry,
  options: ViewOptions
): [Uint8Array, Uint8Array] => [
  view(rng.fork("first view"), images, geometry, options),
  view(rng.fork("second view"), images, geometry, options)
];

function expectViews({height, width, channels}: Geometry, count: number, options: Required<ViewOptions>): void {
  const {size, scale, strength, gray} = options;
  if (channels !== 3 || !Number.isInteger(count))
    throw new RangeError(
      `view: expected whole images of ${height} × ${width} × 3, got ${count} of ${channels} channels`
    );
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`view: expected an integer size ≥ 1, got ${size}`);
  if (!(scale[0] > 0 && scale[0] <= scale[1] && scale[1] <= 1))
    throw new RangeError(`view: expected 0 < low ≤ high ≤ 1 as scale, got ${scale[0]} and ${scale[1]}`);
  if (!(strength >= 0)) throw new RangeError(`view: expected strength ≥ 0, got ${strength}`);
  if (!(gray >= 0 && gray <= 1)) throw new RangeError(`view: expected gray in [0, 1], got ${gray}`);
}
