import * as tf from "@tensorflow/tfjs";
import {expect, test} from "vitest";
import {silu} from "../../src/components/ops/silu.js";
import {expectClose, expectGradient64, value} from "../gradients.js";

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const points = [-30, -4, -1.2785, -0.5, 0, 0.3, 2, 9, 30];

test("silu is x σ(x): x far to the right, 0 far to the left, and least at −1.2785", () => {
  expectClose(silu(tf.tensor1d(points)), points.map((x) => x * sigmoid(x)), 1e-6); // prettier-ignore
  expect(value(silu(tf.scalar(-1.2785)))).toBeCloseTo(-0.2785, 4);
});

test("its slope is σ(x) (1 + x (1 − σ(x))), which the op computes", () => {
  const slope = (x: number) => sigmoid(x) * (1 + x * (1 - sigmoid(x)));
  expectGradient64(
    (xs) => xs.reduce((sum, x) => sum + x * sigmoid(x), 0),
    (xs) => xs.map(slope),
    points
  );
  expectClose(tf.grad((x: tf.Tensor) => silu(x))(tf.tensor1d(points)), points.map(slope), 1e-6); // prettier-ignore
});
