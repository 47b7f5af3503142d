import type {Arrays} from "./arrays.js";
import type {Stored} from "./safetensors.js";
import type {Block} from "./task.js";
import {inverse, torchAxes, torchName, transpose} from "./torchLayout.js";

/** Leaves as a file holds them, and which leaf each tensor is: what undoes the renaming. */
export interface TorchTensors {
  tensors: Map<string, Stored>;
  paths: [name: string, path: string][];
}

/**
 * A state under PyTorch's names and in its layouts.
 *
 * @throws Error if two leaves would have one name.
 */
export function torchTensors(caller: string, state: Arrays): TorchTensors {
  const tensors = new Map<string, Stored>();
  const paths: TorchTensors["paths"] = [];
  for (const [path, block] of state) {
    const name = torchName(path);
    if (tensors.has(name)) throw new Error(`${caller}: expected one leaf named ${name}, got a second, ${path}`);
    const axes = torchAxes(path, block.shape.length);
    tensors.set(name, stored(axes ? transpose(block, axes) : block));
    paths.push([name, path]);
  }
  return {tensors, paths};
}

/**
 * The state that `torchTensors` renamed.
 *
 * @throws Error if a tensor is missing or left over.
 */
export function fromTorchTensors(caller: string, {tensors, paths}: TorchTensors): Arrays {
  const state: Arrays = new Map();
  for (const [name, path] of paths) {
    const tensor = tensors.get(name);
    if (!tensor) throw new Error(`${caller}: expected a tensor ${name}, got none`);
    state.set(path, fromTorch(path, tensor));
  }
  if (state.size !== tensors.size) throw new Error(`${caller}: expected ${state.size} tensors, got ${tensors.size}`);
  return state;
}

/** A leaf in our layout. */
export function fromTorch(path: string, tensor: Block): Block {
  const axes = torchAxes(path, tensor.shape.length);
  const {data, shape} = axes ? transpose(tensor, inverse(axes)) : tensor;
  return {data, shape};
}

/** The pairs of names and paths from a file's metadata; undefined if it holds something else. */
export function pathsIn(text: string): TorchTensors["paths"] | undefined {
  const pairs: unknown = JSON.parse(text);
  const isPair = (pair: unknown) =>
    Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === "string");
  return Array.isArray(pairs) && pairs.every(isPair) ? (pairs as TorchTensors["paths"]) : undefined;
}

function stored({data, shape}: Block): Stored {
  if (data instanceof Float32Array) return {dtype: "F32", shape, data};
  return data instanceof Int32Array ? {dtype: "I32", shape, data} : {dtype: "U8", shape, data};
}
