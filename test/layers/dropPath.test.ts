import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {dropPath} from "../../src/components/layers/dropPath.js";
import {rng} from "../../src/components/math/random.js";
import {expectGradient, seeded, values} from "../gradients.js";

test("an image keeps its whole branch or none of it, and the mean over the draws is the branch", () => {
  const {data, shape} = dropPath(0.25).noise(rng(1), 4000)!;
  expect(shape).toEqual([4000, 1, 1, 1]);
  expect(new Set(data)).toEqual(new Set([0, Math.fround(4 / 3)]));
  const mean = data.reduce((sum, factor) => sum + factor, 0) / data.length;
  expect(Math.abs(mean - 1)).toBeLessThan((4 * Math.sqrt(1 / 3)) / Math.sqrt(data.length)); // variance p / (1 − p)
});

test("it multiplies forwards and backwards image by image; without a mask it is the identity", () => {
  const layer = dropPath(0.5);
  const branch = seeded(1).normal([2, 2, 2, 3]);
  const mask = tf.tensor([0, 2], [2, 1, 1, 1]);
  const y = values(layer.apply(branch, mask)).map((v) => v + 0); // 0 · −1 is −0
  expect(y.slice(0, 12)).toEqual(Array(12).fill(0));
  expect(y.slice(12)).toEqual(values(branch).slice(12).map((v) => 2 * v)); // prettier-ignore
  expect(layer.apply(branch)).toBe(branch);
  expectGradient((x) => tf.sum(tf.square(layer.apply(x, mask))), [2, 2, 2, 3]);
});

test("at rate 0 there is no mask, and a rate outside [0, 1) is named", () => {
  expect(dropPath(0).noise(rng(1), 3)).toBeUndefined();
  expect(() => dropPath(1)).toThrow("dropPath: expected a rate in [0, 1), got 1");
});
