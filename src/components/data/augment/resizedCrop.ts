import type {Rng} from "../../math/random.js";
import type {Geometry} from "../augment.js";

/** A rectangle of an image, in pixels; its sides need not be whole. */
export interface Window {
  top: number;
  left: number;
  height: number;
  width: number;
}

export interface CropOptions {
  /** The least and the greatest part of the image's area that a window takes. */
  scale?: readonly [low: number, high: number];
  /** The least and the greatest ratio of a window's width to its height. */
  ratio?: readonly [low: number, high: number];
}

const attempts = 10;

/**
 * The window of a random resized crop. Szegedy et al. 2015, section 6; with the default scale and ratio that of SimCLR,
 * Chen et al. 2020, appendix A.
 *
 *   area / HW uniform on scale,   ln(width / height) uniform on ln ratio,   its place uniform inside the image
 *
 * Windows that do not fit are drawn again, ten times at most; then the window is the whole image. Sides and place are real
 * numbers, not rounded to pixels as torchvision has it: at 32 px rounding would favour few windows.
 */
export function cropWindow(
  rng: Rng,
  {height, width}: Pick<Geometry, "height" | "width">,
  {scale = [0.08, 1], ratio = [3 / 4, 4 / 3]}: CropOptions = {}
): Window {
  const [low, high] = [Math.log(ratio[0]), Math.log(ratio[1])];
  for (let attempt = 0; attempt < attempts; ++attempt) {
    const area = height * width * (scale[0] + (scale[1] - scale[0]) * rng.next());
    const wide = Math.exp(low + (high - low) * rng.next());
    const [w, h] = [Math.sqrt(area * wide), Math.sqrt(area / wide)];
    if (w <= width && h <= height)
      return {top: (height - h) * rng.next(), left: (width - w) * rng.next(), height: h, width: w};
  }
  return {top: 0, left: 0, height, width};
}

/**
 * A window of an image at another size, by bilinear interpolation between the centres of pixels.
 *
 *   y[i, j] = x(top + (i + ½) h / S − ½, left + (j + ½) w / S − ½),   beyond the outermost centres as at them
 *
 * The whole image at its own size is the image itself. Shrinking by more than 2 would alias; a window of 32 × 32 pixels
 * at 16 takes the means of 2 × 2 pixels.
 *
 * @param out (S, S, C), written.
 * @param image (H, W, C) bytes.
 */
export function resizedCrop(
  out: Float32Array,
  image: Uint8Array,
  {height, width, channels}: Geometry,
  window: Window
): void {
  const size = Math.round(Math.sqrt(out.length / channels));
  const rows = line(size, window.top, window.height, height);
  const columns = line(size, window.left, window.width, width);
  for (let i = 0, to = 0; i < size; ++i) {
    const above = rows.before[i] * width;
    const below = rows.after[i] * width;
    const down = rows.part[i];
    for (let j = 0; j < size; ++j) {
      const left = columns.before[j];
      const right = columns.after[j];
      const across = columns.part[j];
      const a = (above + left) * channels;
      const b = (above + right) * channels;
      const c = (below + left) * channels;
      const d = (below + right) * channels;
      for (let k = 0; k < channels; ++k) {
        const top = image[a + k] + across * (image[b + k] - image[a + k]);
        const bottom = image[c + k] + across * (image[d + k] - image[c + k]);
        out[to++] = top + down * (bottom - top);
      }
    }
  }
}

/** For each of `size` points of a stretch of a line of pixels: the pixels before and after it, and how far it is between. */
function line(size: number, start: number, length: number, pixels: number) {
  const before = new Int32Array(size);
  const after = new Int32Array(size);
  const part = new Float64Array(size);
  for (let i = 0; i < size; ++i) {
    const at = Math.min(pixels - 1, Math.max(0, start + ((i + 0.5) * length) / size - 0.5));
    before[i] = Math.floor(at);
    after[i] = Math.min(pixels - 1, before[i] + 1);
    part[i] = at - before[i];
  }
  return {before, after, part};
}
