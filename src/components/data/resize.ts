import type {Geometry} from "./augment.js";

/**
 * Images at a lower resolution: every new pixel is the mean of the area it covers, so that nothing aliases.
 *
 *   y[i, j] = Σ_{k, l} r[i, k] c[j, l] x[k, l],   r[i, k] = |[i s, (i + 1) s) ∩ [k, k + 1)| / s,   s = H / H′,   and c alike
 *
 * @param images (N, H, W, C) bytes.
 * @param to the new size, H′ ≤ H and W′ ≤ W.
 * @returns (N, H′, W′, C) bytes, rounded to the nearest.
 * @throws RangeError if `images` is not a whole number of images, or would have to grow.
 */
export function resize(
  images: Uint8Array,
  {height, width, channels}: Geometry,
  to: {height: number; width: number}
): Uint8Array {
  const count = images.length / (height * width * channels);
  const fits = (n: number, most: number) => Number.isInteger(n) && n >= 1 && n <= most;
  if (!Number.isInteger(count))
    throw new RangeError(
      `resize: expected whole images of ${height} × ${width} × ${channels}, got ${images.length} bytes`
    );
  if (!fits(to.height, height) || !fits(to.width, width))
    throw new RangeError(`resize: expected at most ${height} × ${width}, got ${to.height} × ${to.width}`);
  const pixels = new Float32Array(images);
  const lines = averaged(pixels, {outer: count, from: height, to: to.height, inner: width * channels});
  const means = averaged(lines, {outer: count * to.height, from: width, to: to.width, inner: channels});
  const out = new Uint8Array(means.length);
  for (let i = 0; i < out.length; ++i) out[i] = means[i] + 0.5; // an array of bytes rounds down
  return out;
}

/** The middle axis of an array (outer, from, inner) reduced to `to` means over equal parts of its length. */
function averaged(
  x: Float32Array,
  {outer, from, to, inner}: {outer: number; from: number; to: number; inner: number}
): Float32Array {
  const out = new Float32Array(outer * to * inner);
  const scale = from / to;
  for (let i = 0; i < to; ++i) {
    for (let k = Math.floor(i * scale); k < Math.min(from, (i + 1) * scale); ++k) {
      const share = (Math.min(k + 1, (i + 1) * scale) - Math.max(k, i * scale)) / scale;
      for (let o = 0; o < outer; ++o) {
        const [at, seen] = [(o * to + i) * inner, (o * from + k) * inner];
        for (let c = 0; c < inner; ++c) out[at + c] += share * x[seen + c];
      }
    }
  }
  return out;
}
