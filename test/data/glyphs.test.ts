import {createHash} from "node:crypto";
import {expect, test} from "vitest";
import {glyphs, GLYPHS_DIGEST} from "../../src/components/data/glyphs.js";

const image = ({images}: {images: Uint8Array}, k: number) => images.subarray(k * 784, (k + 1) * 784);

test("the generator is the one that its digest names", () => {
  const {images} = glyphs({seed: 0, classes: 100, each: 10});
  expect(createHash("sha256").update(images).digest("hex")).toBe(GLYPHS_DIGEST);
});

test("a drawing depends on its seed, character and number alone, not on what is drawn with it", () => {
  const all = glyphs({seed: 3, classes: 6, each: 3});
  const some = glyphs({seed: 3, classes: 2, each: 2, from: 4});
  // drawing d of character 4 + c stands at d · classes + c
  for (const [c, d] of [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1]
  ])
    // prettier-ignore
    expect(image(some, d * 2 + c)).toEqual(image(all, d * 6 + 4 + c));
  expect(image(glyphs({seed: 4, classes: 6, each: 3}), 0)).not.toEqual(image(all, 0));
  expect(some.classes).toEqual(["glyph 4", "glyph 5"]);
});

test("every class has as many drawings as asked for, in turn, and no two are the same", () => {
  const {labels, images, count} = glyphs({seed: 0, classes: 12, each: 5});
  expect(Array.from(labels.slice(0, 14))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 1]);
  expect(count).toBe(60);
  expect(new Set(Array.from({length: 60}, (_, k) => image({images}, k).join())).size).toBe(60);
});

test("characters have ink, not too much, and paper around it", () => {
  const set = glyphs({seed: 1, classes: 100, each: 2});
  for (let k = 0; k < 200; ++k) {
    const ink = image(set, k).reduce((sum, x) => sum + x, 0) / (255 * 784);
    expect(ink).toBeGreaterThan(0.02);
    expect(ink).toBeLessThan(0.4);
  }
});

test("drawings of one class are nearer to each other than to those of others, but not so near that pixels tell", () => {
  const [classes, each] = [40, 4];
  const set = glyphs({seed: 2, classes, each});
  const squared = (a: Uint8Array, b: Uint8Array) => a.reduce((sum, x, i) => sum + (x - b[i]) ** 2, 0);
  let found = 0;
  for (let k = 0; k < classes * each; ++k) {
    let [best, nearest] = [Infinity, -1];
    for (let j = 0; j < classes * each; ++j) {
      const d = j === k ? Infinity : squared(image(set, k), image(set, j));
      if (d < best) [best, nearest] = [d, j];
    }
    if (set.labels[nearest] === set.labels[k]) ++found;
  }
  const recall = found / (classes * each);
  expect(recall).toBeGreaterThan(0.2); // chance: 3 / 159
  expect(recall).toBeLessThan(0.9);
});

test("glyphs names what does not fit", () => {
  expect(() => glyphs({seed: 0, classes: 257, each: 1})).toThrow("glyphs: expected 1 to 256 classes, got 257");
  expect(() => glyphs({seed: -1, classes: 2, each: 1})).toThrow("glyphs: expected an integer seed ≥ 0, got -1");
});
