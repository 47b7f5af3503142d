import type {Rows} from "./rows.js";

/** Mean and standard deviation of each column. */
export interface Scale {
  mean: Float64Array;
  deviation: Float64Array;
}

/** Of the N rows, the deviation over N. A column without variance has deviation 1: it becomes zeros. */
export function scaleOf({data, shape: [rows, columns]}: Rows): Scale {
  const mean = new Float64Array(columns);
  const variance = new Float64Array(columns);
  for (let i = 0, at = 0; i < rows; ++i) for (let j = 0; j < columns; ++j) mean[j] += data[at++] / rows;
  for (let i = 0, at = 0; i < rows; ++i)
    for (let j = 0; j < columns; ++j) variance[j] += (data[at++] - mean[j]) ** 2 / rows;
  const deviation = variance.map((v, j) => (v > 1e-12 * (v + mean[j] ** 2) ? Math.sqrt(v) : 1)); // not its rounding
  return {mean, deviation};
}

/** (x − mean) / deviation by column, copied; the rows in the given order where there is one. */
export function standardise({data, shape}: Rows, {mean, deviation}: Scale, order?: ArrayLike<number>): Rows {
  const [rows, columns] = shape;
  const out = new (data.constructor as Float32ArrayConstructor)(data.length);
  for (let i = 0, to = 0; i < rows; ++i) {
    let from = (order ? order[i] : i) * columns;
    for (let j = 0; j < columns; ++j) out[to++] = (data[from++] - mean[j]) / deviation[j];
  }
  return {data: out, shape};
}
