import {expect, test} from "vitest";
import {pairs} from "../../tools/bench/contrast.js";
import {stepFlops} from "../../tools/bench/resnetFlops.js";

test("a ResNet-18 step at full width on 32 × 32 is 3.33 GFLOP an image: three times 0.555 G multiplications and additions", () => {
  const full = stepFlops({depth: 18, width: 64, size: 32, classes: 10});
  expect(full / 1e9).toBeCloseTo(3.33, 2);
});

test("work grows with the square of the width, but for the first convolution and the head, and with the pixels", () => {
  const flops = (width: number, size: number) => stepFlops({depth: 18, width, size, classes: 10});
  expect(flops(64, 32) / flops(32, 32)).toBeGreaterThan(3.95);
  expect(flops(64, 32) / flops(32, 32)).toBeLessThan(4);
  expect(flops(64, 64) / flops(64, 32)).toBeCloseTo(4, 3);
});

test("a view's partner is the other view of its image, never itself, and all but itself are others", () => {
  const {others, partners} = pairs(6);
  const row = ({data}: {data: ArrayLike<number>}, i: number) => Array.from(data).slice(6 * i, 6 * i + 6);
  expect(row(partners, 1)).toEqual([0, 0, 0, 0, 1, 0]);
  expect(row(partners, 4)).toEqual([0, 1, 0, 0, 0, 0]);
  expect(row(others, 2)).toEqual([1, 1, 0, 1, 1, 1]);
});
