import type {Labelled, Rows} from "../../src/components/evaluate/rows.js";
import {rng} from "../../src/components/math/random.js";

/** Rows in float64. */
export const rowsOf = (rows: number[][]): Rows => ({
  data: Float64Array.from(rows.flat()),
  shape: [rows.length, rows[0].length]
});

/** N(0, 1) numbers. */
export const normalRows = (seed: number, rows: number, columns: number): Rows => ({
  data: Float64Array.from(rng(seed).normal(rows * columns)),
  shape: [rows, columns]
});

/** So many points around each of K corners, `apart` away from the origin along an axis of their own, the classes in turn. */
export function blobs(seed: number, {classes = 3, each = 30, columns = 4, apart = 10, noise = 1} = {}): Labelled {
  const count = classes * each;
  const {data} = normalRows(seed, count, columns);
  const labels = Array.from({length: count}, (_, n) => n % classes);
  for (let i = 0; i < data.length; ++i) data[i] *= noise;
  labels.forEach((label, n) => (data[n * columns + label] += apart));
  return {features: {data, shape: [count, columns]}, labels};
}
