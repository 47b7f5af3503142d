/** Mirrors an image (S, S, C) left to right, in place: y[i, j] = x[i, S − 1 − j]. Twice is nothing. */
export function flip(pixels: Float32Array, channels: number): void {
  const size = Math.round(Math.sqrt(pixels.length / channels));
  for (let row = 0; row < pixels.length; row += size * channels)
    for (let j = 0; j < size >> 1; ++j) {
      const [left, right] = [row + j * channels, row + (size - 1 - j) * channels];
      for (let c = 0; c < channels; ++c) {
        const kept = pixels[left + c];
        pixels[left + c] = pixels[right + c];
        pixels[right + c] = kept;
      }
    }
}
