import {expect, test} from "vitest";
import {attended, share} from "../../src/week3/dino/attended.js";
import {scenesOf} from "../../src/week3/viewsConfig.js";

const even = (count: number, heads: number) => ({
  data: new Float32Array(count * heads * 64).fill(1 / 65),
  shape: [count, heads, 8, 8]
});

test("attention that is the same everywhere has as much on the figure as the figure has of the image", () => {
  const {masks} = scenesOf("test", 3);
  const area = masks.reduce((sum, x) => sum + x, 0) / masks.length;
  expect(share(even(3, 2), masks, 32)).toBeCloseTo(area, 6);
});

test("attention to patches that the figure fills is all on it, to patches without it none, and half covered is half", () => {
  const mask = Uint8Array.from({length: 16}, (_, at) => (at % 4 < 2 || Math.floor(at / 4) === 0 ? 1 : 0)); // 4 × 4, patches of 2
  const on = (...weights: number[]) => share({data: Float32Array.from(weights), shape: [1, 1, 2, 2]}, mask, 4);
  expect([on(1, 0, 0, 0), on(0, 0, 0, 1), on(0, 1, 0, 0), on(0, 0.3, 0, 0.3)]).toEqual([1, 0, 0.5, 0.25]);
});

test("every image stands before its maps, the largest weight of each white", () => {
  const shown = scenesOf("test", 2);
  const trained = even(2, 2);
  trained.data[64 + 9] = 0.5; // image 0, head 2, row 1, column 1
  const {images, labels, onFigure} = attended(shown, {trained, untrained: even(2, 2)}, true);
  expect(labels).toHaveLength(2 * 5);
  expect(labels.slice(0, 5)).toEqual([shown.classes[0], "head 1", "head 2", "untrained 1", "untrained 2"]);
  const bytes = 32 * 32 * 3;
  expect(images.data.subarray(5 * bytes, 6 * bytes)).toEqual(shown.images.subarray(bytes, 2 * bytes));
  const second = images.data.subarray(2 * bytes, 3 * bytes);
  expect([second[3 * (4 * 32 + 4)], second[3 * (7 * 32 + 7)], second[0]]).toEqual([
    255,
    255,
    Math.floor(255 * (2 / 65))
  ]);
  expect(onFigure!.untrained).toBeCloseTo(onFigure!.area, 6);
  expect(attended(shown, {trained, untrained: trained}, false).onFigure).toBeNull();
});
