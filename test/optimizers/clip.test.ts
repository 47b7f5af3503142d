import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {clipByGlobalNorm} from "../../src/components/optimizers/clip.js";
import {expectClose, seeded, value, values} from "../gradients.js";

test("a gradient (3, 4) clipped at 1 is (0.6, 0.8), over all leaves together", () => {
  const [clipped, norm] = clipByGlobalNorm({a: tf.tensor1d([3]), b: {c: tf.tensor2d([4], [1, 1])}}, 1);
  expect(value(norm)).toBeCloseTo(5, 6);
  expect([value(clipped.a), value(clipped.b.c)]).toEqual([expect.closeTo(0.6, 6), expect.closeTo(0.8, 6)]);
});

test("the norm ends at no more than the limit and the direction stays; below the limit nothing changes", () => {
  const g = {a: seeded(1).normal([4, 5]), b: seeded(2).normal([7])};
  const [clipped, norm] = clipByGlobalNorm(g, 2);
  expect(value(norm)).toBeGreaterThan(2);
  expect(value(clipByGlobalNorm(clipped, 2)[1])).toBeCloseTo(2, 5);
  expectClose(tf.mul(clipped.a, tf.div(norm, 2)), g.a);
  expect(values(clipByGlobalNorm(g, 100)[0].a)).toEqual(values(g.a));
});

test("a zero gradient stays zero", () => {
  expect(values(clipByGlobalNorm({a: tf.zeros([3])}, 1)[0].a)).toEqual([0, 0, 0]);
});

test("a limit ≤ 0 is named", () => {
  expect(() => clipByGlobalNorm({a: tf.ones([1])}, 0)).toThrow("clipByGlobalNorm: expected limit > 0, got 0");
});
