import type * as tf from "@tensorflow/tfjs";
import {expect} from "vitest";

/** The largest difference of a tensor's numbers from those of the definition, in units of the largest expected one. */
export function relativeError(got: tf.Tensor, expected: Float64Array): number {
  const values = got.dataSync();
  expect(values.length).toBe(expected.length);
  const largest = expected.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  return expected.reduce((most, v, i) => Math.max(most, Math.abs(v - values[i])), 0) / largest;
}
