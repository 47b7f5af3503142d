import {entries, type Tree} from "../../src/components/tensor/tree.js";
import type {Numbers} from "../../src/components/train/protocol.js";
import type {Batch, Block, Task} from "../../src/components/train/task.js";
import {fastestDialect} from "./dialect.js";
import {feedsOf, numbersOf} from "./feeds.js";
import {predictedName, recordEvaluate, recordPredict, recordStep, statePrefix, type Recorded} from "./forms.js";
import type {NativeState} from "./nativeState.js";
import {emptyTensor, openSession, type NativeTensor} from "./session.js";
import {outputName, type Traced} from "./trace/trace.js";
import {dataType, type Dialect} from "./trace/value.js";

/** A function of a task on arrays, compiled. */
interface Compiled {
  release(): Promise<void>;
  /** What runs, for a benchmark to count. */
  graph: Traced["graph"];
  /** Floating-point operations of a call; see `flopsOf`. */
  flops: number;
}

/** `Task.step`, compiled. */
export interface CompiledStep extends Compiled {
  (state: NativeState, batch: Batch, rate: number): Promise<[state: NativeState, metrics: Numbers]>;
}

/** `Task.evaluate`, compiled. */
export interface CompiledEvaluate extends Compiled {
  (state: NativeState, batch: Batch): Promise<Numbers>;
}

/** `Task.predict`, compiled; float32. */
export interface CompiledPredict extends Compiled {
  (state: NativeState, batch: Batch): Promise<Block>;
}

export interface CompileOptions {
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
 * @param state the form of the state; its numbers do not matter, and its tensors may have been disposed of.
 * @param batch the form of every batch to come.
 * @throws Error if the step is not pure, or runs a kernel without a translation; see `trace`.
 */
export async function compileStep<S extends Tree, B extends Batch>(
  task: Task<S, B>,
  state: S,
  batch: B,
  {threads, dialect}: CompileOptions = {}
): Promise<CompiledStep> {
  const recorded = recordStep(task as unknown as Task, state, batch, dialect ?? (await fastestDialect()));
  const leaves = leavesOf(state, recorded.results);
  const session = await openSession(recorded.graph, {threads});
  const spare = new Map(
    leaves.filter(({unchanged}) => !unchanged).map(({path, form}) => [path, emptyTensor(form.dtype, form.shape)])
  );
  const step = async (state: NativeState, batch: Batch, rate: number): Promise<[NativeState, Numbers]> => {
    const feeds = feedsOf("step", recorded, {state, batch, rate});
    const into = [...spare].map(([path, tensor]) => [outputName(statePrefix + path), tensor]);
    state.spent = true;
    const made = await session.run(feeds, Object.fromEntries(into));
    const tensors = leaves.map(({path}): [string, NativeTensor] => [path, spare.get(path) ?? state.tensors.get(path)!]);
    for (const path of spare.keys()) spare.set(path, state.tensors.get(path)!);
    return [{tensors: new Map(tensors), spent: false}, numbersOf(made)];
  };
  return Object.assign(step, {release: session.release, graph: recorded.graph, flops: recorded.flops});
}

/** Records an evaluation of a task and compiles it; it leaves the state as it is. @throws Error as `compileStep`. */
export async function compileEvaluate<S extends Tree, B extends Batch>(
  task: Task<S, B>,
  state: S,
  batch: B,
  options: CompileOptions = {}
): Promise<CompiledEvaluate> {
  const dialect = options.dialect ?? (await fastestDialect());
  const recorded = recordEvaluate(task as unknown as Task, state, batch, dialect);
  return compileReading("evaluate", recorded, options, numbersOf);
}

/** Records a task's predictions and compiles them; they leave the state as it is. @throws Error as `compileStep`. */
export async function compilePredict<S extends Tree, B extends Batch>(
  task: Task<S, B>,
  state: S,
  batch: B,
  options: CompileOptions = {}
): Promise<CompiledPredict> {
  const dialect = options.dialect ?? (await fastestDialect());
  const recorded = recordPredict(task as unknown as Task, state, batch, dialect);
  return compileReading("predict", recorded, options, (made) => {
    const {data, dims} = made[outputName(predictedName)];
    return {data: data as Float32Array, shape: [...dims]};
  });
}

/** A function that reads the state and leaves it as it is. */
async function compileReading<R>(
  caller: string,
  recorded: Recorded,
  {threads}: CompileOptions,
  result: (made: Record<string, NativeTensor>) => R
) {
  const {graph, flops} = recorded;
  const session = await openSession(graph, {threads});
  const run = async (state: NativeState, batch: Batch) =>
    result(await session.run(feedsOf(caller, recorded, {state, batch})));
  return Object.assign(run, {release: session.release, graph, flops});
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
