import type {Records} from "./records.js";

/**
 * The records of the given rows, in their order, copied into arrays of their own.
 *
 * @param rows indices into the records; repeats are allowed.
 * @returns images (B, H, W, C) and labels (B).
 * @throws RangeError that names the first row outside the records.
 */
export function gather(records: Records, rows: ArrayLike<number>): {images: Uint8Array; labels: Uint8Array} {
  const size = records.height * records.width * records.channels;
  const images = new Uint8Array(rows.length * size);
  const labels = new Uint8Array(rows.length);
  for (let b = 0; b < rows.length; ++b) {
    const row = rows[b];
    if (!(row >= 0 && row < records.count))
      throw new RangeError(`gather: expected rows in [0, ${records.count}), got ${row}`);
    images.set(records.images.subarray(row * size, (row + 1) * size), b * size);
    labels[b] = records.labels[row];
  }
  return {images, labels};
}

type Typed = Uint8Array | Int32Array | Float32Array;

/**
 * Every field of the records that holds something for each of them, for the given rows in their order, copied: images and
 * labels, and what a data set has beside them, such as masks (N, H, W) or captions. A field is one of these when its
 * length is a multiple of N; the names of the classes never are.
 *
 * @throws RangeError that names the first row outside the records.
 */
export function gatherAll(records: Records, rows: ArrayLike<number>): Partial<Records> {
  const known = gather(records, rows);
  const each = (list: ArrayLike<unknown>) => list.length > 0 && list.length % records.count === 0;
  const more = Object.entries(records).flatMap(([field, value]: [string, unknown]) => {
    if (field in known || field === "classes") return [];
    if (Array.isArray(value) && each(value)) return [[field, blocks(value, rows, value.length / records.count)]];
    const typed = ArrayBuffer.isView(value) && !(value instanceof DataView) && each(value as Typed);
    return typed ? [[field, typedBlocks(value as Typed, rows, (value as Typed).length / records.count)]] : [];
  });
  return {...(Object.fromEntries(more) as object), ...known};
}

const blocks = (list: unknown[], rows: ArrayLike<number>, size: number) =>
  Array.from(rows, (row) => list.slice(row * size, (row + 1) * size)).flat();

function typedBlocks(list: Typed, rows: ArrayLike<number>, size: number): Typed {
  const copy = new (list.constructor as Uint8ArrayConstructor)(rows.length * size);
  for (let b = 0; b < rows.length; ++b) copy.set(list.subarray(rows[b] * size, (rows[b] + 1) * size), b * size);
  return copy;
}
