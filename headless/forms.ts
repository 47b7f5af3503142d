import type * as tf from "@tensorflow/tfjs";
import {entries, unflatten, type Tree} from "../src/components/tensor/tree.js";
import type {Batch, Tensors} from "../src/components/train/task.js";
import {tensorsOf, type NativeState} from "./nativeState.js";
import {nativeTensor, typeOf, type NativeTensor} from "./session.js";
import {inputName, outputName, type Form, type Traced} from "./trace/trace.js";
import {dataType} from "./trace/value.js";

export type Numbers = Record<string, number>;

// The names of a step's arguments and results in the graph.
export const rateName = "rate";
export const statePrefix = "state/";
const batchPrefix = "batch/";
export const numberPrefix = "number/";

/** The same values under longer names. */
export const prefixed = <T>(prefix: string, named: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(named).map(([name, value]) => [prefix + name, value]));

/** The forms of a state's leaves and a batch's blocks. */
export function formsOf(state: Tree, batch: Batch): Record<string, Form> {
  const leaves = entries(state).map(([path, {shape, dtype}]): [string, Form] => [
    path,
    {shape, dtype: dataType(dtype)}
  ]);
  const blocks = Object.entries(batch).map(([name, {data, shape}]): [string, Form] => [
    name,
    {shape, dtype: typeOf(data)}
  ]);
  return {...prefixed(statePrefix, Object.fromEntries(leaves)), ...prefixed(batchPrefix, Object.fromEntries(blocks))};
}

/** The state's tree among the arguments. */
export const treeOf = <S extends Tree>(like: S, tensors: Record<string, tf.Tensor>): S =>
  unflatten(
    like,
    entries(like).map(([path]) => tensors[statePrefix + path])
  );

/** The batch among the arguments. */
export const batchOf = <B extends Batch>(like: B, tensors: Record<string, tf.Tensor>) =>
  Object.fromEntries(Object.keys(like).map((name) => [name, tensors[batchPrefix + name]])) as Tensors<B>;

/** What the graph takes: leaves and blocks that nothing reads are not fed. */
export function feedsOf(
  caller: string,
  {inputs}: Traced["graph"],
  forms: Record<string, Form>,
  state: NativeState,
  batch: Batch
): Record<string, NativeTensor> {
  const leaves = tensorsOf(caller, state);
  const wanted = new Set(inputs.map(({name}) => name));
  const feeds: Record<string, NativeTensor> = {};
  for (const [name, {shape, dtype}] of Object.entries(forms)) {
    const input = inputName(name);
    if (name.startsWith(statePrefix) && wanted.has(input)) feeds[input] = leaves.get(name.slice(statePrefix.length))!;
    if (!name.startsWith(batchPrefix)) continue;
    const block = batch[name.slice(batchPrefix.length)];
    if (!block || String(block.shape) !== String(shape) || typeOf(block.data) !== dtype)
      throw new RangeError(
        `${caller}: expected ${name.slice(batchPrefix.length)} (${shape.join(", ")}) ${dtype}, got ` +
          (block ? `(${block.shape.join(", ")}) ${typeOf(block.data)}` : "none")
      );
    if (wanted.has(input)) feeds[input] = nativeTensor(block);
  }
  return feeds;
}

/** The scalars among the outputs. */
export function numbersOf(made: Record<string, NativeTensor>): Numbers {
  const prefix = outputName(numberPrefix);
  const numbers = Object.entries(made).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(numbers.map(([name, {data}]) => [name.slice(prefix.length), Number(data[0])]));
}
