import {expect, test} from "vitest";
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
