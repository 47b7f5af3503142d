/** N rows of D numbers, one after another: the features of N records, K centres, the weights of K classes. */
export interface Rows {
  data: Float32Array | Float64Array;
  /** [N, D]. */
  shape: readonly number[];
}

/** Features with their classes, 0 … K − 1. */
export interface Labelled {
  features: Rows;
  labels: ArrayLike<number>;
}

/** [N, D]. @throws RangeError if the numbers are not N rows of D ≥ 1, or one is not finite. */
export function sizeOf(caller: string, {data, shape}: Rows): [rows: number, columns: number] {
  const [rows, columns] = shape;
  if (shape.length !== 2 || !(rows >= 1 && columns >= 1) || data.length !== rows * columns)
    throw new RangeError(`${caller}: expected rows (N, D), got ${data.length} numbers as (${shape.join(", ")})`);
  const wrong = data.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0)
    throw new RangeError(
      `${caller}: expected finite numbers, got ${data[wrong]} in row ${Math.floor(wrong / columns)}`
    );
  return [rows, columns];
}

/** The rows from `start` to before `end`; they share the memory. */
export function span({data, shape: [rows, columns]}: Rows, start: number, end = rows): Rows {
  return {data: data.subarray(start * columns, end * columns), shape: [end - start, columns]};
}

/** Copies of the rows of the given indices, in their order. */
export function take({data, shape: [, columns]}: Rows, indices: ArrayLike<number>): Rows {
  const copy = new (data.constructor as Float32ArrayConstructor)(indices.length * columns);
  for (let i = 0; i < indices.length; ++i)
    copy.set(data.subarray(indices[i] * columns, (indices[i] + 1) * columns), i * columns);
  return {data: copy, shape: [indices.length, columns]};
}

/** Each row divided by its Euclidean length, copied; a row of zeros stays one. */
export function normalised({data, shape}: Rows): Rows {
  const unit = data.slice();
  const columns = shape[1];
  squares({data, shape}).forEach((square, i) => {
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let j = i * columns; j < (i + 1) * columns; ++j) unit[j] *= scale;
  });
  return {data: unit, shape};
}

/** ‖xᵢ‖² of each row. */
export function squares({data, shape: [rows, columns]}: Rows): Float64Array {
  const sums = new Float64Array(rows);
  for (let i = 0, j = 0; i < rows; ++i) for (const end = j + columns; j < end; ++j) sums[i] += data[j] * data[j];
  return sums;
}

/** @throws RangeError if there is not one label below `classes` for each row. */
export function checkLabels(caller: string, {features, labels}: Labelled, classes: number): void {
  if (labels.length !== features.shape[0])
    throw new RangeError(`${caller}: expected ${features.shape[0]} labels, got ${labels.length}`);
  for (let i = 0; i < labels.length; ++i)
    if (!(Number.isInteger(labels[i]) && labels[i] >= 0 && labels[i] < classes))
      throw new RangeError(`${caller}: expected labels below ${classes}, got ${labels[i]} in row ${i}`);
}

/** @throws RangeError if the rows are not of the same length. */
export function checkColumns(caller: string, a: Rows, b: Rows): void {
  if (a.shape[1] !== b.shape[1])
    throw new RangeError(`${caller}: expected rows of ${a.shape[1]} numbers, got ${b.shape[1]}`);
}
