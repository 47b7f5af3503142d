import {expect, test} from "vitest";
import {multiCrop} from "../../../src/components/data/augment/multiCrop.js";
import {view, views} from "../../../src/components/data/augment/views.js";
import {scenes} from "../../../src/components/data/scenes.js";
import {rng} from "../../../src/components/math/random.js";

const records = scenes({seed: 0, count: 40});
const {images} = records;

test("without its changes a view is the image itself or its mirror image, each half of the time", () => {
  const still = {size: 32, scale: [1, 1], strength: 0, gray: 0} as const;
  const [same, mirrored] = [new Set<number>(), new Set<number>()];
  // at scale 1 only a ratio of exactly 1 fits: the window is the whole image
  for (let k = 0; k < 10; ++k) {
    const out = view(rng(k), images, records, still);
    for (let n = 0; n < 40; ++n) {
      const [before, after] = [images, out].map((all) => all.subarray(n * 3072, (n + 1) * 3072));
      const at = (i: number, j: number, c: number) => before[(i * 32 + 31 - j) * 3 + c];
      if (after.every((x, p) => x === before[p])) same.add(40 * k + n);
      else if (after.every((x, p) => x === at(Math.floor(p / 96), Math.floor(p / 3) % 32, p % 3))) mirrored.add(40 * k + n); // prettier-ignore
    }
  }
  expect(same.size + mirrored.size).toBe(400);
  expect(Math.abs(same.size - 200)).toBeLessThan(4 * Math.sqrt(100));
});

test("four views in five have other colours, within four deviations", () => {
  const flat = new Uint8Array(2000 * 12).fill(90); // gray, so that neither the crop nor the mirror shows
  const geometry = {height: 2, width: 2, channels: 3};
  const out = view(rng(4), flat, geometry, {size: 2, strength: 1, gray: 0});
  const changed = Array.from({length: 2000}, (_, n) => out[12 * n]).filter((x) => x !== 90).length;
  // brightness is uniform on [0.2, 1.8]: one view in 144 of the jittered keeps 90 after rounding
  expect(Math.abs(changed - 1600 * (1 - 1 / 144))).toBeLessThan(4 * Math.sqrt(2000 * 0.8 * 0.2));
});

test("one view in ten is gray, within four deviations", () => {
  const many = view(rng(1), scenes({seed: 0, count: 2000}).images, records, {size: 8, strength: 0});
  const gray = Array.from({length: 2000}, (_, n) => many.subarray(n * 192, (n + 1) * 192)).filter((pixels) =>
    pixels.every((x, i) => x === pixels[3 * Math.floor(i / 3)])
  );
  expect(Math.abs(gray.length - 200)).toBeLessThan(4 * Math.sqrt(180));
});

test("views have the size that was asked for and are a function of the seed; the images stay", () => {
  const before = images.slice();
  const made = views(rng(7), images, records, {size: 24});
  expect(made.map(({length}) => length)).toEqual([40 * 24 * 24 * 3, 40 * 24 * 24 * 3]);
  expect(views(rng(7), images, records, {size: 24})).toEqual(made);
  expect(views(rng(8), images, records, {size: 24})).not.toEqual(made);
  expect(images).toEqual(before);
});

test("the two views are independent: their brightness does not go together over many draws of one image", () => {
  const count = 3000;
  const one = images.subarray(0, 3072);
  const same = new Uint8Array(count * 3072);
  for (let n = 0; n < count; ++n) same.set(one, n * 3072);
  const means = views(rng(9), same, records, {size: 8}).map((all) =>
    Array.from({length: count}, (_, n) => all.subarray(n * 192, (n + 1) * 192).reduce((sum, x) => sum + x, 0) / 192)
  );
  const centred = means.map((values) => {
    const mean = values.reduce((sum, x) => sum + x, 0) / count;
    return values.map((x) => x - mean);
  });
  const product = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * b[i], 0);
  const [a, b] = centred;
  expect(product(a, a) / count).toBeGreaterThan(10); // they do vary
  expect(Math.abs(product(a, b) / Math.sqrt(product(a, a) * product(b, b)))).toBeLessThan(4 / Math.sqrt(count));
});

test("multi-crop gives two large views and n small ones, all different", () => {
  const options = {global: {size: 24, scale: [0.4, 1]}, local: {size: 16, scale: [0.05, 0.4]}, locals: 3} as const;
  const {globals, locals} = multiCrop(rng(1), images, records, options);
  expect(globals.map(({length}) => length)).toEqual([40 * 1728, 40 * 1728]);
  expect(locals.map(({length}) => length)).toEqual([40 * 768, 40 * 768, 40 * 768]);
  expect(new Set([...globals, ...locals].map((bytes) => bytes.join())).size).toBe(5);
  expect(multiCrop(rng(1), images, records, {...options, locals: 0}).globals).toEqual(globals);
});

test("errors name what was expected and what came", () => {
  const [make, one] = [(options: object) => view(rng(0), images, records, {size: 8, ...options}), images];
  expect(() => make({size: 0})).toThrow("view: expected an integer size ≥ 1, got 0");
  expect(() => make({scale: [0.5, 0.2]})).toThrow("view: expected 0 < low ≤ high ≤ 1 as scale, got 0.5 and 0.2");
  expect(() => make({strength: -1})).toThrow("view: expected strength ≥ 0, got -1");
  expect(() => make({gray: 2})).toThrow("view: expected gray in [0, 1], got 2");
  expect(() => view(rng(0), one, {height: 32, width: 32, channels: 1}, {size: 8})).toThrow(
    "view: expected whole images of 32 × 32 × 3, got 120 of 1 channels"
  );
  const options = {global: {size: 8}, local: {size: 4}, locals: 1.5};
  expect(() => multiCrop(rng(0), one, records, options)).toThrow(
    "multiCrop: expected an integer number of local views ≥ 0, got 1.5"
  );
});
