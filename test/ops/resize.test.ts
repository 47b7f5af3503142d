import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {resize} from "../../src/components/ops/resize.js";
import {expectClose, expectGradient, seeded, values} from "../gradients.js";
import {onBackends} from "./onBackends.js";

onBackends(() => {
  test("the same size leaves an image as it is, and a constant stays constant at any size", () => {
    const x = seeded(1).normal([2, 4, 5, 3]);
    expectClose(resize(x, 4, 5), x, 1e-6);
    expectClose(resize(tf.fill([1, 4, 5, 2], 3), 7, 2), tf.fill([1, 7, 2, 2], 3));
  });

  test("a ramp of step 1 made twice as long has step ½, its centres in place, and its ends repeated", () => {
    const y = values(resize(tf.reshape(tf.range(0, 4), [1, 1, 4, 1]), 1, 8));
    expect(y).toEqual([0, 0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3].map((v) => expect.closeTo(v, 6)));
  });

  test("it is tfjs's resizeBilinear with half-pixel centres", () => {
    const x = seeded(2).normal([2, 5, 7, 3]) as tf.Tensor4D;
    for (const [height, width] of [
      [10, 14],
      [3, 4],
      [8, 5]
    ] as const)
      // prettier-ignore
      expectClose(resize(x, height, width), tf.image.resizeBilinear(x, [height, width], false, true), 1e-5);
  });

  test("the gradient is the transposed map: ⟨resize(x), y⟩ = ⟨x, resizeᵀ(y)⟩", () => {
    const weights = seeded(3).normal([2, 7, 3, 2]);
    expectGradient((x) => tf.sum(tf.mul(resize(x, 7, 3), weights)), [2, 4, 5, 2]);
  });
});

test("resize names what it was given", () => {
  expect(() => resize(tf.zeros([1, 2, 2, 1]), 0, 2)).toThrow("resize: expected integer sizes ≥ 1, got 0");
  expect(() => resize(tf.zeros([2, 2, 1]), 2, 2)).toThrow("resize: expected x (B, H, W, C), got (2, 2, 1)");
});
