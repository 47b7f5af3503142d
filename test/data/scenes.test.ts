import {createHash} from "node:crypto";
import {readdirSync, readFileSync} from "node:fs";
import {expect, test} from "vitest";
import type {Records} from "../../src/components/data/records.js";
import {SCENES_DIGEST, scenes} from "../../src/components/data/scenes.js";
import {softmaxRegression} from "./softmaxRegression.js";

const many = scenes({seed: 0, count: 5000});
const pixels = 32 * 32;

test("the first 1,000 images of seed 0 are these bytes, everywhere", () => {
  const hash = createHash("sha256").update(many.images.subarray(0, 1000 * pixels * 3));
  expect(hash.digest("hex")).toBe(SCENES_DIGEST);
});

test("the generator calls nothing that engines may round differently", () => {
  const folder = new URL("../../src/components/data/", import.meta.url);
  const files = ["scenes.ts", ...readdirSync(new URL("scenes/", folder)).map((name) => `scenes/${name}`)];
  const called = files.flatMap((name) =>
    [...readFileSync(new URL(name, folder), "utf8").matchAll(/Math\.(\w+)/g)].map(([, f]) => f)
  );
  const exact = ["abs", "ceil", "floor", "max", "min", "round", "sqrt"];
  expect(called.filter((f) => !exact.includes(f))).toEqual([]);
});

test("image i of a seed is a function of the seed and i alone", () => {
  const part = scenes({seed: 0, count: 20, from: 1234});
  for (const [array, size] of [
    ["images", 3072],
    ["masks", 1024],
    ["boxes", 4],
    ["labels", 1]
  ] as const)
    // prettier-ignore
    expect(part[array]).toEqual(many[array].slice(1234 * size, 1254 * size));
  expect(part.captions).toEqual(many.captions.slice(1234, 1254));
  expect(scenes({seed: 1, count: 20, from: 1234}).images).not.toEqual(part.images);
});

test("every ten images hold each class once", () => {
  expect([...many.labels.subarray(20, 30)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

/** Mean and standard error of a statistic over each class's images. */
function byClass(statistic: (n: number) => number): {mean: number; error: number}[] {
  return many.classes.map((_, k) => {
    const values = Array.from({length: many.count / 10}, (_, i) => statistic(10 * i + k));
    const mean = values.reduce((a, b) => a + b) / values.length;
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1);
    return {mean, error: Math.sqrt(variance / values.length)};
  });
}

const sum = (array: Uint8Array, from: number, to: number, step = 1) => {
  let total = 0;
  for (let k = from; k < to; k += step) total += array[k];
  return total;
};

test.each([
  ["red", (n: number) => sum(many.images, n * 3072, (n + 1) * 3072, 3)],
  ["green", (n: number) => sum(many.images, n * 3072 + 1, (n + 1) * 3072, 3)],
  ["blue", (n: number) => sum(many.images, n * 3072 + 2, (n + 1) * 3072, 3)],
  ["area of the mask", (n: number) => sum(many.masks, n * 1024, (n + 1) * 1024)]
])("the mean %s does not tell the class: all are within four standard errors of their mean", (_, statistic) => {
  const classes = byClass(statistic);
  const mean = classes.reduce((total, each) => total + each.mean, 0) / 10;
  for (const each of classes) expect(Math.abs(each.mean - mean)).toBeLessThan(4 * each.error);
});

/** A white pixel in the row of the class: what a linear classifier can read. */
function marked(records: Records): Records {
  const images = records.images.slice();
  records.labels.forEach((label, n) => images.fill(255, n * 3072 + label * 96, n * 3072 + label * 96 + 96));
  return {...records, images};
}

test("a linear classifier on pixels stays below 60 %, though it reads a mark in the image", {timeout: 240_000}, () => {
  const some = scenes({seed: 0, count: 3000});
  const held = scenes({seed: 0, count: 1000, from: 5000});
  expect(softmaxRegression(some, held, {epochs: 2, rate: 0.01})).toBeLessThan(0.6);
  expect(softmaxRegression(marked(some), marked(held), {epochs: 2, rate: 0.01})).toBeGreaterThan(0.9);
});

test("a box is the smallest that holds the mask, and the mask keeps off the border", () => {
  for (let n = 0; n < 500; ++n) {
    const mask = many.masks.subarray(n * pixels, (n + 1) * pixels);
    const [left, top, right, bottom] = many.boxes.subarray(4 * n, 4 * n + 4);
    const row = (i: number) => mask.subarray(32 * i, 32 * i + 32).some((m) => m === 1);
    const column = (j: number) => mask.some((m, k) => k % 32 === j && m === 1);
    const inside = mask.filter((_, k) => k % 32 >= left && k % 32 < right && k >= 32 * top && k < 32 * bottom);
    expect(sum(inside, 0, inside.length)).toBe(sum(mask, 0, pixels));
    expect([row(top), row(bottom - 1), column(left), column(right - 1)]).toEqual([true, true, true, true]);
    expect(Math.min(left, top, 32 - right, 32 - bottom)).toBeGreaterThanOrEqual(1);
  }
});

test("errors name the argument and the value", () => {
  expect(() => scenes({seed: 0, count: -1})).toThrow("scenes: expected an integer count ≥ 0, got -1");
  expect(() => scenes({seed: 0, count: 1, from: 0.5})).toThrow("scenes: expected an integer from ≥ 0, got 0.5");
  expect(() => scenes({seed: -1, count: 1})).toThrow(RangeError);
});
