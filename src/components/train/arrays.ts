import * as tf from "@tensorflow/tfjs";
import {entries, unflatten, type Tree} from "../tensor/tree.js";
import type {Batch, Block, Tensors} from "./task.js";

/** A state on the host: one array for each leaf, by its dotted path. */
export type Arrays = Map<string, Block>;

/** A batch on the backend: Float32Array → float32, the other arrays → int32. */
export function upload<B extends Batch>(batch: B): Tensors<B> {
  const tensors = Object.entries(batch).map(([name, {data, shape}]) => [name, tf.tensor(data, shape, dtypeOf(data))]);
  return Object.fromEntries(tensors) as Tensors<B>;
}

/** Copies of a state's leaves, read without blocking. */
export async function toArrays(state: Tree): Promise<Arrays> {
  const read = entries(state).map(async ([path, leaf]): Promise<[string, Block]> => {
    const data = (await leaf.data()) as Block["data"];
    return [path, {data: data.slice(), shape: leaf.shape}]; // the cpu backend hands out its own memory
  });
  return new Map(await Promise.all(read));
}

/**
 * The state of the form of `like` with the given values.
 *
 * @throws RangeError that names the first leaf which is missing, left over, or of another shape or type.
 */
export function fromArrays<S extends Tree>(like: S, arrays: Arrays): S {
  const leaves = entries(like);
  const known = new Set(leaves.map(([path]) => path));
  for (const path of arrays.keys())
    if (!known.has(path)) throw new RangeError(`fromArrays: expected no leaf ${path}, got one`);
  for (const [path, {shape, dtype}] of leaves) {
    const expected = `fromArrays: expected ${path} (${shape.join(", ")}) ${dtype}`;
    const block = arrays.get(path);
    if (!block) throw new RangeError(`${expected}, got none`);
    if (String(block.shape) !== String(shape) || !fits(block.data, dtype))
      throw new RangeError(`${expected}, got (${block.shape.join(", ")}) ${block.data.constructor.name}`);
  }
  const restored = leaves.map(([path, {shape, dtype}]) => tf.tensor(arrays.get(path)!.data, shape, dtype));
  return unflatten(like, restored);
}

/** Scalars side by side in one tensor, so that one read brings them all. */
export const abreast = (scalars: Record<string, tf.Scalar>): tf.Tensor =>
  tf.stack(Object.values(scalars).map((scalar) => tf.reshape(tf.cast(scalar, "float32"), [])));

const dtypeOf = (data: Block["data"]) => (data instanceof Float32Array ? "float32" : "int32");

const fits = (data: Block["data"], dtype: tf.DataType) =>
  dtype === "bool" ? data instanceof Uint8Array : dtypeOf(data) === dtype && !(data instanceof Uint8Array);
