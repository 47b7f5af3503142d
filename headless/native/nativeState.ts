import {entries, type Tree} from "../../src/components/tensor/tree.js";
import type {Arrays} from "../../src/components/train/arrays.js";
import type {Block} from "../../src/components/train/task.js";
import {nativeTensor, type NativeTensor} from "./session.js";
import {dataType} from "./trace/value.js";

/** A state between native steps. A step consumes it: its memory is where the step after the next writes. */
export interface NativeState {
  /** One tensor for each leaf, by its path. */
  tensors: Map<string, NativeTensor>;
  /** Whether a step has consumed it. */
  spent: boolean;
}

/** A state for native steps, from a tree on any backend. The tree stays as it is. */
export function nativeState(state: Tree): NativeState {
  const tensors = entries(state).map(([path, leaf]): [string, NativeTensor] => {
    const data = leaf.dataSync().slice() as Block["data"]; // the cpu backend hands out its own memory
    return [path, nativeTensor({data, shape: leaf.shape}, dataType(leaf.dtype))];
  });
  return {tensors: new Map(tensors), spent: false};
}

/** Copies of a native state's leaves. */
export function nativeArrays(state: NativeState): Arrays {
  const unspent = tensorsOf("nativeArrays", state);
  return new Map(
    [...unspent].map(([path, {data, dims}]) => [path, {data: data.slice() as Block["data"], shape: [...dims]}])
  );
}

/** The leaves of a state that no step has consumed. @throws Error if one has. */
export function tensorsOf(caller: string, {tensors, spent}: NativeState): NativeState["tensors"] {
  if (spent) throw new Error(`${caller}: expected the newest state, got one that a step has consumed`);
  return tensors;
}
