import * as tf from "@tensorflow/tfjs";
import {expect} from "vitest";
import {rng} from "../src/components/math/random.js";
import {numericGradient} from "../src/components/math/finiteDifference.js";

tf.env().set("IS_TEST", true); // no advice to install tfjs-node
await tf.setBackend("cpu");

/** Tensors from a seeded stream. */
export function seeded(seed: number) {
  const stream = rng(seed);
  const count = (shape: number[]) => shape.reduce((product, size) => product * size, 1);
  return {
    normal: (shape: number[], mean = 0, deviation = 1) =>
      tf.tensor(stream.normal(count(shape), mean, deviation), shape),
    uniform: (shape: number[], low = 0, high = 1) => tf.tensor(stream.uniform(count(shape), low, high), shape),
    labels: (n: number, classes: number) => tf.tensor1d(stream.integers(n, classes), "int32")
  };
}

/** The number in a scalar, the numbers in any other tensor. */
export const value = (t: tf.Tensor): number => t.dataSync()[0];
export const values = (t: tf.Tensor): number[] => Array.from(t.dataSync());

/** Every element within `within` of the other tensor's; shapes must agree. */
export function expectClose(got: tf.Tensor, expected: tf.Tensor | number[], within = 1e-5): void {
  if (!Array.isArray(expected)) expect(got.shape).toEqual(expected.shape);
  const [a, b] = [values(got), Array.isArray(expected) ? expected : values(expected)];
  expect(a.length).toBe(b.length);
  a.forEach((x, i) => {
    if (!(Math.abs(x - b[i]) <= within)) throw new Error(`expected element ${i} ${b[i]} ± ${within}, got ${x}`);
  });
}

/**
 * The gradient of a scalar function of one tensor against central differences of the function, along its own direction and
 * along four random ones. In float32 a difference is best with a unit direction and a step of 1e-2; f must have no kink near.
 */
export function expectGradient(
  f: (x: tf.Tensor) => tf.Scalar | tf.Tensor,
  shape: number[],
  {at = seeded(11).normal(shape), step = 1e-2, within = 1e-3} = {}
): void {
  const gradient = tf.grad((x: tf.Tensor) => f(x).asScalar())(at);
  const norm = value(tf.norm(gradient));
  if (!(norm > 10 * within)) throw new Error(`expected a gradient to check, got one of norm ${norm}`);
  const random = seeded(12);
  const directions = [gradient, ...Array.from({length: 4}, () => random.normal(shape))];
  directions.forEach((direction, i) => {
    const unit = tf.div(direction, tf.norm(direction));
    const along = (h: number) => value(f(tf.add(at, tf.mul(unit, h))));
    const numeric = (along(step) - along(-step)) / (2 * step);
    const analytic = value(tf.sum(tf.mul(gradient, unit)));
    if (!(Math.abs(numeric - analytic) <= within * Math.max(1, norm)))
      throw new Error(`expected the slope ${numeric} along direction ${i}, got ${analytic} from the gradient`);
  });
}

/** The same for float64 formulas, element by element: central differences with step 1e-5, to 1e-7 of the largest element. */
export function expectGradient64(f: (x: number[]) => number, gradient: (x: number[]) => number[], at: number[]): void {
  const [numeric, analytic] = [numericGradient(f, at), gradient(at)];
  const scale = Math.max(...analytic.map(Math.abs));
  if (!(scale > 0)) throw new Error("expected a gradient to check, got zeros");
  analytic.forEach((g, i) => {
    if (!(Math.abs(numeric[i] - g) <= 1e-7 * Math.max(1, scale)))
      throw new Error(`expected the slope ${numeric[i]} along axis ${i}, got ${g} from the gradient`);
  });
}
