import {expect, test} from "vitest";
import {cropFlip, normalise, type Geometry} from "../../src/components/data/augment.js";
import {rng} from "../../src/components/math/random.js";

const seeded = (count: number, {height, width, channels}: Geometry, seed = 1) =>
  Uint8Array.from(rng(seed).integers(count * height * width * channels, 256));

/** The definition as loops: the padded image, a window of it, its mirror image. */
function windowed(image: Uint8Array, {height, width, channels}: Geometry, down: number, right: number, flip: boolean) {
  const at = (i: number, j: number, c: number) =>
    i < 0 || j < 0 || i >= height || j >= width ? 0 : image[(i * width + j) * channels + c];
  const out: number[] = [];
  for (let i = 0; i < height; ++i)
    for (let j = 0; j < width; ++j)
      for (let c = 0; c < channels; ++c) out.push(at(i + down, (flip ? width - 1 - j : j) + right, c));
  return out.join();
}

test.each([
  {height: 5, width: 7, channels: 3, padding: 2},
  {height: 6, width: 4, channels: 1, padding: 5}
])("every augmented image is one window of the zero-padded image, and all windows occur", ({padding, ...geometry}) => {
  const size = geometry.height * geometry.width * geometry.channels;
  const count = 4000;
  const one = seeded(1, geometry).map((x) => x | 1); // no byte is zero, so that padding shows
  const images = new Uint8Array(count * size);
  for (let n = 0; n < count; ++n) images.set(one, n * size);
  const windows = new Map<string, number>();
  for (let down = -padding; down <= padding; ++down)
    for (let right = -padding; right <= padding; ++right)
      for (const flip of [false, true]) windows.set(windowed(one, geometry, down, right, flip), 0);
  const out = cropFlip(rng(3), images, geometry, {padding});
  for (let n = 0; n < count; ++n) {
    const seen = out.subarray(n * size, (n + 1) * size).join();
    expect(windows.has(seen)).toBe(true);
    windows.set(seen, windows.get(seen)! + 1);
  }
  expect(Math.min(...windows.values())).toBeGreaterThan(0);
});

test("each image of a batch has a window of its own, drawn as the docstring says", () => {
  const geometry = {height: 8, width: 8, channels: 3};
  const images = seeded(50, geometry);
  const draws = rng(9);
  const [down, right, flip] = [draws.integers(50, 9), draws.integers(50, 9), draws.integers(50, 2)];
  const out = cropFlip(rng(9), images, geometry);
  for (let n = 0; n < 50; ++n) {
    const image = images.subarray(n * 192, (n + 1) * 192);
    const expected = windowed(image, geometry, down[n] - 4, right[n] - 4, flip[n] === 1);
    expect(out.subarray(n * 192, (n + 1) * 192).join()).toBe(expected);
  }
});

test("cropFlip leaves its input as it was and is a function of the seed", () => {
  const geometry = {height: 4, width: 4, channels: 3};
  const images = seeded(8, geometry);
  const before = images.slice();
  const first = cropFlip(rng(5), images, geometry);
  expect(images).toEqual(before);
  expect(cropFlip(rng(5), images, geometry)).toEqual(first);
  expect(cropFlip(rng(6), images, geometry)).not.toEqual(first);
});

test("without padding only the mirror image is left to chance: half of all images, within four deviations", () => {
  const geometry = {height: 1, width: 2, channels: 1};
  const images = Uint8Array.from({length: 20_000}, (_, i) => i % 2);
  const out = cropFlip(rng(2), images, geometry, {padding: 0});
  const mirrored = out.reduce((sum, x, i) => sum + (i % 2 === 0 ? x : 0), 0);
  expect(Math.abs(mirrored - 5000)).toBeLessThan(4 * Math.sqrt(10_000 / 4));
});

test("normalise is (x / 255 − mean) / deviation, channel by channel", () => {
  const mean = [0.1, 0.5, 0.9];
  const deviation = [0.2, 0.3, 0.4];
  const images = seeded(2, {height: 4, width: 5, channels: 3});
  const out = normalise(images, mean, deviation);
  images.forEach((x, i) => expect(out[i]).toBe(Math.fround((x / 255 - mean[i % 3]) / deviation[i % 3])));
});

test("errors name what was expected and what came", () => {
  expect(() => cropFlip(rng(0), new Uint8Array(10), {height: 2, width: 2, channels: 3})).toThrow(
    "cropFlip: expected whole images of 2 × 2 × 3, got 10 bytes"
  );
  expect(() => cropFlip(rng(0), new Uint8Array(12), {height: 2, width: 2, channels: 3}, {padding: 0.5})).toThrow(
    "cropFlip: expected an integer padding ≥ 0, got 0.5"
  );
  expect(() => normalise(new Uint8Array(4), [0, 0], [1])).toThrow(RangeError);
  expect(() => normalise(new Uint8Array(4), [0, 0], [1, 0])).toThrow("normalise: expected deviations > 0, got 1,0");
});
