import {expect, test} from "vitest";
import {cropWindow, resizedCrop, type Window} from "../../../src/components/data/augment/resizedCrop.js";
import {rng} from "../../../src/components/math/random.js";

const square = {height: 32, width: 32, channels: 3};
const bytes = (seed: number, count: number) => Uint8Array.from(rng(seed).integers(count, 256));

const cropped = (image: Uint8Array, geometry: typeof square, window: Window, size: number) => {
  const out = new Float32Array(size * size * geometry.channels);
  resizedCrop(out, image, geometry, window);
  return out;
};

test("the whole image at its own size is the image itself", () => {
  const image = bytes(1, 32 * 32 * 3);
  const whole = {top: 0, left: 0, height: 32, width: 32};
  expect([...cropped(image, square, whole, 32)]).toEqual([...image]);
});

test("a window of whole pixels at its own size is that part of the image", () => {
  const image = bytes(2, 32 * 32 * 3);
  const out = cropped(image, square, {top: 5, left: 9, height: 16, width: 16}, 16);
  for (let i = 0; i < 16; ++i)
    for (let j = 0; j < 16; ++j)
      for (let c = 0; c < 3; ++c) expect(out[(i * 16 + j) * 3 + c]).toBe(image[((i + 5) * 32 + j + 9) * 3 + c]);
});

test("half the size is the mean of 2 × 2 pixels", () => {
  const image = bytes(3, 32 * 32 * 3);
  const out = cropped(image, square, {top: 0, left: 0, height: 32, width: 32}, 16);
  const at = (i: number, j: number, c: number) => image[(i * 32 + j) * 3 + c];
  for (let i = 0; i < 16; ++i)
    for (let j = 0; j < 16; ++j)
      for (let c = 0; c < 3; ++c) {
        const four =
          at(2 * i, 2 * j, c) + at(2 * i + 1, 2 * j, c) + at(2 * i, 2 * j + 1, c) + at(2 * i + 1, 2 * j + 1, c);
        expect(out[(i * 16 + j) * 3 + c]).toBeCloseTo(four / 4, 4);
      }
});

test("any window is the bilinear definition: every pixel weighs (1 − |Δy|)₊ (1 − |Δx|)₊", () => {
  const geometry = {height: 7, width: 9, channels: 2};
  const image = bytes(4, 7 * 9 * 2);
  const window = {top: 0.3, left: 1.7, height: 6.1, width: 5.2};
  const out = cropped(image, geometry, window, 5);
  const clamp = (x: number, most: number) => Math.min(most, Math.max(0, x));
  for (let i = 0; i < 5; ++i)
    for (let j = 0; j < 5; ++j)
      for (let c = 0; c < 2; ++c) {
        const y = clamp(window.top + ((i + 0.5) / 5) * window.height - 0.5, 6);
        const x = clamp(window.left + ((j + 0.5) / 5) * window.width - 0.5, 8);
        let sum = 0;
        for (let k = 0; k < 7; ++k)
          for (let l = 0; l < 9; ++l)
            sum += Math.max(0, 1 - Math.abs(k - y)) * Math.max(0, 1 - Math.abs(l - x)) * image[(k * 9 + l) * 2 + c];
        expect(out[(i * 5 + j) * 2 + c]).toBeCloseTo(sum, 3);
      }
});

test("windows lie inside the image and have the areas and ratios they are drawn with", () => {
  const draws = rng(5);
  const count = 20_000;
  const windows = Array.from({length: count}, () => cropWindow(draws, square, {scale: [0.08, 0.5]}));
  const areas = windows.map(({height, width}) => (height * width) / 1024);
  const ratios = windows.map(({height, width}) => Math.log(width / height));
  for (const {top, left, height, width} of windows) {
    expect(Math.min(top, left)).toBeGreaterThanOrEqual(0);
    expect(Math.max(top + height, left + width)).toBeLessThanOrEqual(32 + 1e-9);
  }
  // At most half the area and 4 : 3, so that all windows fit and none is drawn again: both are uniform.
  expectUniform(areas, 0.08, 0.5);
  expectUniform(ratios, Math.log(3 / 4), Math.log(4 / 3));
  expectUniform(windows.map(({top, height}) => top / (32 - height)), 0, 1); // prettier-ignore
  expectUniform(windows.map(({left, width}) => left / (32 - width)), 0, 1); // prettier-ignore
});

/** Kolmogorov–Smirnov: the largest gap between the two distribution functions; 1.95 / √n is passed once in a thousand. */
function expectUniform(values: number[], low: number, high: number): void {
  const sorted = [...values].sort((a, b) => a - b);
  const gaps = sorted.map((x, i) => Math.abs((x - low) / (high - low) - (i + 0.5) / sorted.length));
  expect(Math.max(...gaps)).toBeLessThan(1.95 / Math.sqrt(values.length));
}

test("with the published scale the area's mean is less than that of the draws, for wide windows do not fit", () => {
  const draws = rng(6);
  const areas = Array.from({length: 20_000}, () => cropWindow(draws, square)).map((w) => (w.height * w.width) / 1024);
  // E[a | fits] with P(fits | a) = min(1, −ln a / ln (4/3)), by the midpoint rule
  let [weight, mean] = [0, 0];
  for (let i = 0; i < 1000; ++i) {
    const a = 0.08 + (0.92 * (i + 0.5)) / 1000;
    const fits = Math.min(1, -Math.log(a) / Math.log(4 / 3));
    weight += fits;
    mean += fits * a;
  }
  const average = areas.reduce((sum, a) => sum + a, 0) / areas.length;
  expect(average).toBeCloseTo(mean / weight, 2);
  expect(average).toBeLessThan(0.53);
});

test("a window that can never fit becomes the whole image", () => {
  const window = cropWindow(rng(7), square, {scale: [1, 1], ratio: [2, 3]});
  expect(window).toEqual({top: 0, left: 0, height: 32, width: 32});
});
