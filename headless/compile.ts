import type * as tf from "@tensorflow/tfjs";
import {entries, type Tree} from "../src/components/tensor/tree.js";
import type {Batch, Task} from "../src/components/train/task.js";
import {
  batchOf,
  feedsOf,
  formsOf,
  numberPrefix,
  numbersOf,
  prefixed,
  rateName,
  statePrefix,
  treeOf,
  type Numbers
} from "./forms.js";
import type {NativeState} from "./nativeState.js";
import {fastestDialect} from "./dialect.js";
import {emptyTensor, nativeTensor, openSession, type NativeTensor} from "./session.js";
import {inputName, outputName, trace, type Traced} from "./trace/trace.js";
import {dataType, type Dialect} from "./trace/value.js";

/** `Task.step` on arrays, compiled. */
export interface CompiledStep {
  (state: NativeState, batch: Batch, rate: number): Promise<[state: NativeState, metrics: Numbers]>;
  release(): Promise<void>;
  /** What runs, for a benchmark to count. */
  graph: Traced["graph"];
}

/** `Task.evaluate` on arrays, compiled. */
export interface CompiledEvaluate {
  (state: NativeState, batch: Batch): Promise<Numbers>;
  release(): Promise<void>;
}

interface Options {
  /** Threads of the runtime; one a core unless told. */
  threads?: number;
  /** The operators to use; the fastest ones that work here unless told. */
  dialect?: Dialect;
}

/**
 * Records one step of a task and compiles it: the same function of arrays, at native speed.
 *
 * The learning rate and the batch are inputs, the state's leaves are inputs and outputs. Two copies of the state take
 * turns: a step reads one and writes the other, so that nothing is allocated, and a state serves one step only.
 *
 * @param state the form of the state; its numbers do not matter.
 * @param batch the form of every batch to come.
 * @throws Error if the step is not pure, or runs a kernel without a translation; see `trace`.
 */
export async function compileStep<S extends Tree, B extends Batch>(
  task: Task<S, B>,
  state: S,
  batch: B,
  {threads, dialect}: Options = {}
): Promise<CompiledStep> {
  const forms = {...formsOf(state, batch), [rateName]: {shape: [], dtype: "float32" as const}};
  const {graph, results} = trace(
    (tensors) => {
      const [next, metrics] = task.step(
        treeOf(state, tensors),
        batchOf(batch, tensors),
        tensors[rateName] as tf.Scalar
      );
      return {...prefixed(statePrefix, Object.fromEntries(entries(next))), ...prefixed(numberPrefix, metrics)};
    },
    forms,
    dialect ?? (await fastestDialect())
  );
  const leaves = leavesOf(state, results);
  const session = await openSession(graph, {threads});
  const spare = new Map(
    leaves.filter(({unchanged}) => !unchanged).map(({path, form}) => [path, emptyTensor(form.dtype, form.shape)])
  );
  const step = async (state: NativeState, batch: Batch, rate: number): Promise<[NativeState, Numbers]> => {
    const feeds = feedsOf("step", graph, forms, state, batch);
    const rateInput = inputName(rateName);
    if (graph.inputs.some(({name}) => name === rateInput))
      feeds[rateInput] = nativeTensor({data: Float32Array.of(rate), shape: []});
    const into = [...spare].map(([path, tensor]) => [outputName(statePrefix + path), tensor]);
    state.spent = true;
    const made = await session.run(feeds, Object.fromEntries(into));
    const tensors = leaves.map(({path}): [string, NativeTensor] => [path, spare.get(path) ?? state.tensors.get(path)!]);
    for (const path of spare.keys()) spare.set(path, state.tensors.get(path)!);
    return [{tensors: new Map(tensors), spent: false}, numbersOf(made)];
  };
  return Object.assign(step, {release: session.release, graph});
}

/** Records an evaluation of a task and compiles it; it leaves the state as it is. @throws Error as `compileStep`. */
export async function compileEvaluate<S extends Tree, B extends Batch>(
  task: Task<S, B>,
  state: S,
  batch: B,
  {threads, dialect}: Options = {}
): Promise<CompiledEvaluate> {
  const forms = formsOf(state, batch);
  const {graph} = trace(
    (tensors) => prefixed(numberPrefix, task.evaluate(treeOf(state, tensors), batchOf(batch, tensors))),
    forms,
    dialect ?? (await fastestDialect())
  );
  const session = await openSession(graph, {threads});
  const evaluate = async (state: NativeState, batch: Batch) =>
    numbersOf(await session.run(feedsOf("evaluate", graph, forms, state, batch)));
  return Object.assign(evaluate, {release: session.release});
}

/** The state's leaves as the step returns them, in the order in which it takes them. */
function leavesOf(state: Tree, results: Traced["results"]) {
  const expected = entries(state).map(([path, {shape, dtype}]) => ({path, form: {shape, dtype: dataType(dtype)}}));
  const known = new Set(expected.map(({path}) => statePrefix + path));
  for (const name of Object.keys(results))
    if (name.startsWith(statePrefix) && !known.has(name))
      throw new Error(
        `compileStep: expected a state of the same form, got a new leaf ${name.slice(statePrefix.length)}`
      );
  return expected.map(({path, form}) => {
    const result = results[statePrefix + path];
    if (!result || String(result.shape) !== String(form.shape) || result.dtype !== form.dtype)
      throw new RangeError(
        `compileStep: expected the new ${path} (${form.shape.join(", ")}) ${form.dtype}, got ` +
          (result ? `(${result.shape.join(", ")}) ${result.dtype}` : "none")
      );
    return {path, form, unchanged: result.unchanged};
  });
}
