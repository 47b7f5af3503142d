import type {Rng} from "../math/random.js";

/** The size of one image; images of a batch lie one after another, interleaved (NHWC). */
export interface Geometry {
  height: number;
  width: number;
  channels: number;
}

/**
 * The standard augmentation of CIFAR: each image is padded with zeros on all sides, cropped back to its size at a random
 * place, and mirrored left to right with probability ½. He et al. 2016, section 4.2.
 *
 *   y[i, j] = x̂[i + a, j + b]  or  x̂[i + a, W − 1 − j + b],   a, b uniform on {−p, …, p},   x̂ = 0 outside the image
 *
 * @param images (N, H, W, C) bytes, before normalisation, so that the padding is black as in the paper's setting.
 * @returns new bytes of the same shape; `images` is left as it was.
 * @throws RangeError if `images` is not a whole number of images, or padding is not an integer ≥ 0.
 */
export function cropFlip(rng: Rng, images: Uint8Array, geometry: Geometry, {padding = 4} = {}): Uint8Array {
  const count = images.length / (geometry.height * geometry.width * geometry.channels);
  if (!Number.isInteger(count))
    throw new RangeError(`cropFlip: expected whole images of ${sizeOf(geometry)}, got ${images.length} bytes`);
  if (!Number.isInteger(padding) || padding < 0)
    throw new RangeError(`cropFlip: expected an integer padding ≥ 0, got ${padding}`);
  const down = rng.integers(count, 2 * padding + 1);
  const right = rng.integers(count, 2 * padding + 1);
  const mirrored = rng.integers(count, 2);
  const out = new Uint8Array(images.length);
  for (let n = 0; n < count; ++n)
    shifted(out, images, n, geometry, down[n] - padding, right[n] - padding, mirrored[n] === 1);
  return out;
}

const sizeOf = ({height, width, channels}: Geometry) => `${height} × ${width} × ${channels}`;

/** Image n of `out` is image n of `images` seen through a window moved by (down, right), then mirrored if asked. */
function shifted(
  out: Uint8Array,
  images: Uint8Array,
  n: number,
  {height, width, channels}: Geometry,
  down: number,
  right: number,
  mirrored: boolean
): void {
  const image = n * height * width * channels;
  const first = Math.max(0, -right); // the columns [first, last) of the window lie inside the image
  const last = Math.min(width, width - right);
  const stride = mirrored ? -channels : channels;
  for (let i = Math.max(0, -down); i < Math.min(height, height - down); ++i) {
    let from = image + ((i + down) * width + first + right) * channels;
    let to = image + (i * width + (mirrored ? width - 1 - first : first)) * channels;
    for (let j = first; j < last; ++j, from += channels, to += stride)
      for (let c = 0; c < channels; ++c) out[to + c] = images[from + c];
  }
}

/**
 * Bytes to standardised numbers, channel by channel: y = (x / 255 − mean) / deviation.
 *
 * @param images (…, C) bytes, channels last; C is the length of `mean`.
 * @param mean, deviation per channel, of values on [0, 1].
 * @returns float32 of the same shape.
 * @throws RangeError if the lengths do not fit, or a deviation is not positive.
 */
export function normalise(images: Uint8Array, mean: readonly number[], deviation: readonly number[]): Float32Array {
  const channels = mean.length;
  if (channels === 0 || deviation.length !== channels || images.length % channels !== 0)
    throw new RangeError(
      `normalise: expected as many deviations as means, ${channels}, and bytes divisible by it, ` +
        `got ${deviation.length} and ${images.length}`
    );
  if (!deviation.every((s) => s > 0)) throw new RangeError(`normalise: expected deviations > 0, got ${deviation}`);
  const tables = mean.map((m, c) => Float32Array.from({length: 256}, (_, x) => (x / 255 - m) / deviation[c]));
  const out = new Float32Array(images.length);
  for (let c = 0; c < channels; ++c) {
    const table = tables[c];
    for (let i = c; i < images.length; i += channels) out[i] = table[images[i]];
  }
  return out;
}
