import type * as tf from "@tensorflow/tfjs";
import {entries, unflatten, type Tree} from "../../src/components/tensor/tree.js";
import type {Batch, Block, Task, Tensors} from "../../src/components/train/task.js";
import {trace, type Form, type Traced} from "./trace/trace.js";
import {dataType, type DataType, type Dialect} from "./trace/value.js";

// The names of a task's arguments and results in the graph.
export const rateName = "rate";
export const statePrefix = "state/";
export const batchPrefix = "batch/";
export const numberPrefix = "number/";
export const predictedName = "predicted";

/** A function of a task as a graph, and the arguments that it was recorded for. */
export interface Recorded extends Traced {
  forms: Record<string, Form>;
}

/** Records `Task.step`. @throws Error as `trace`. */
export function recordStep(task: Task, state: Tree, batch: Batch, dialect?: Dialect): Recorded {
  const forms = {...formsOf(state, batch), [rateName]: {shape: [], dtype: "float32" as const}};
  const step = (tensors: Record<string, tf.Tensor>) => {
    const rate = tensors[rateName] as tf.Scalar;
    const [next, metrics] = task.step(treeOf(state, tensors), batchOf(batch, tensors), rate);
    return {...prefixed(statePrefix, Object.fromEntries(entries(next))), ...prefixed(numberPrefix, metrics)};
  };
  return {...trace(step, forms, dialect), forms};
}

/** Records `Task.evaluate`. @throws Error as `trace`. */
export function recordEvaluate(task: Task, state: Tree, batch: Batch, dialect?: Dialect): Recorded {
  const forms = formsOf(state, batch);
  const evaluate = (tensors: Record<string, tf.Tensor>) =>
    prefixed(numberPrefix, task.evaluate(treeOf(state, tensors), batchOf(batch, tensors)));
  return {...trace(evaluate, forms, dialect), forms};
}

/** Records `Task.predict`; its result is float32. @throws Error as `trace`. */
export function recordPredict(task: Task, state: Tree, batch: Batch, dialect?: Dialect): Recorded {
  const forms = formsOf(state, batch);
  const predict = (tensors: Record<string, tf.Tensor>) => ({
    [predictedName]: task.predict(treeOf(state, tensors), batchOf(batch, tensors)).toFloat()
  });
  return {...trace(predict, forms, dialect), forms};
}

/** The type that tfjs gives an array. */
export const typeOf = (data: Block["data"]): DataType => (data instanceof Float32Array ? "float32" : "int32");

/** A batch's names, shapes and types, as one string: batches of the same form run in the same graph. */
export const formOf = (batch: Batch): string =>
  JSON.stringify(Object.entries(batch).map(([name, {data, shape}]) => [name, typeOf(data), shape]));

/** The same values under longer names. */
const prefixed = <T>(prefix: string, named: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(named).map(([name, value]) => [prefix + name, value]));

/** The forms of a state's leaves and a batch's blocks. */
function formsOf(state: Tree, batch: Batch): Record<string, Form> {
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
const treeOf = <S extends Tree>(like: S, tensors: Record<string, tf.Tensor>): S =>
  unflatten(
    like,
    entries(like).map(([path]) => tensors[statePrefix + path])
  );

/** The batch among the arguments. */
const batchOf = <B extends Batch>(like: B, tensors: Record<string, tf.Tensor>) =>
  Object.fromEntries(Object.keys(like).map((name) => [name, tensors[batchPrefix + name]])) as Tensors<B>;
