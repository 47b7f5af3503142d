import {expect, test} from "vitest";
import {resize} from "../../src/components/data/resize.js";
import {rng} from "../../src/components/math/random.js";

const geometry = {height: 8, width: 6, channels: 3};
const images = Uint8Array.from(rng(1).integers(5 * 8 * 6 * 3, 256));

/** The mean over an area as a loop over a raster fine enough to split every pixel. */
function meanOver(n: number, i: number, j: number, c: number, to: {height: number; width: number}): number {
  let sum = 0;
  for (let a = 0; a < geometry.height; ++a)
    for (let b = 0; b < geometry.width; ++b) {
      const k = Math.floor((i * geometry.height + a) / to.height);
      const l = Math.floor((j * geometry.width + b) / to.width);
      sum += images[((n * geometry.height + k) * geometry.width + l) * geometry.channels + c];
    }
  return sum / (geometry.height * geometry.width);
}

test.each([
  {height: 4, width: 3},
  {height: 6, width: 5},
  {height: 8, width: 1}
])("a pixel of $height × $width is the mean of the area it covers", (to) => {
  const out = resize(images, geometry, to);
  let at = 0;
  for (let n = 0; n < 5; ++n)
    for (let i = 0; i < to.height; ++i)
      for (let j = 0; j < to.width; ++j)
        for (let c = 0; c < 3; ++c) expect(Math.abs(out[at++] - meanOver(n, i, j, c, to))).toBeLessThanOrEqual(0.501);
  expect(at).toBe(out.length);
});

test("images of the same size are the same images", () => {
  expect(resize(images, geometry, geometry)).toEqual(images);
});

test("a size that would grow, and images cut off, are refused by name", () => {
  expect(() => resize(images, geometry, {height: 9, width: 6})).toThrow("resize: expected at most 8 × 6, got 9 × 6");
  expect(() => resize(images.subarray(1), geometry, {height: 4, width: 3})).toThrow(
    "resize: expected whole images of 8 × 6 × 3, got 719 bytes"
  );
});
