import {expect, test} from "vitest";
import {imageCount, rgba} from "../../src/components/plots/pixels.js";

test("bytes are shown as they are, opaque, image by image", () => {
  const images = {data: Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]), height: 1, width: 2, channels: 3};
  expect(imageCount(images)).toBe(2);
  expect([...rgba(images, 1)]).toEqual([7, 8, 9, 255, 10, 11, 12, 255]);
});

test("one channel becomes grey", () => {
  expect([...rgba({data: Uint8Array.of(9), height: 1, width: 1, channels: 1}, 0)]).toEqual([9, 9, 9, 255]);
});

test("a filter's zero is middle grey and its largest weight full, whatever its scale", () => {
  const at = (scale: number) => {
    const data = Float32Array.from([0, 1, -1, 0.5, 0, 0].map((x) => x * scale));
    return [...rgba({data, height: 1, width: 2, channels: 3}, 0)];
  };
  expect(at(1)).toEqual([128, 255, 0, 255, 191, 128, 128, 255]);
  expect(at(1e-3)).toEqual(at(1));
});

test("a filter of zeros is grey, not a division by zero", () => {
  expect([...rgba({data: new Float32Array(3), height: 1, width: 1, channels: 3}, 0)]).toEqual([128, 128, 128, 255]);
});

test("an image that is not there and a number of channels that cannot be shown are errors", () => {
  const images = {data: new Uint8Array(3), height: 1, width: 1, channels: 3};
  expect(() => rgba(images, 1)).toThrow("rgba: expected an image below 1, got 1");
  expect(() => rgba({...images, channels: 2}, 0)).toThrow("rgba: expected 1 or 3 channels, got 2");
});
