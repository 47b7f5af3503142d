import {availableParallelism} from "node:os";
import {env} from "onnxruntime-node";
import type {Tree} from "../../src/components/tensor/tree.js";
import type {Batch, Task} from "../../src/components/train/task.js";
import {compileEvaluate, compilePredict, compileStep, type CompileOptions} from "../native/compile.js";
import type {Engine} from "../engine.js";
import {formOf} from "../native/forms.js";
import {nativeArrays, nativeState} from "../native/nativeState.js";

/**
 * A task computed by onnxruntime. Each function is compiled when it first meets a batch of a form (names, shapes, types), and
 * again when the form changes, as with images that grow during a run; of each function one form is held at a time.
 *
 * Calls must not overlap: a step writes where the evaluation before it has read.
 *
 * @param state where the run begins. Its numbers are copied; the caller may dispose of its tensors.
 * @param options threads: one a core unless told.
 */
export async function nativeEngine(
  task: Task,
  state: Tree,
  {threads = availableParallelism()}: {threads?: number} = {}
): Promise<Engine> {
  let current = nativeState(state);
  const flops = {step: 0, evaluate: 0};
  const compiled = {
    step: oneForm(compileStep, task, state, threads),
    evaluate: oneForm(compileEvaluate, task, state, threads),
    predict: oneForm(compilePredict, task, state, threads)
  };
  return {
    name: `onnxruntime ${env.versions.node}, ${threads} ${threads === 1 ? "thread" : "threads"}`,
    flops,
    async step(batch, rate) {
      const step = await compiled.step.of(batch);
      const [next, metrics] = await step(current, batch, rate);
      current = next;
      flops.step = step.flops;
      return metrics;
    },
    async evaluate(batch) {
      const evaluate = await compiled.evaluate.of(batch);
      flops.evaluate = evaluate.flops;
      return evaluate(current, batch);
    },
    predict: async (batch) => (await compiled.predict.of(batch))(current, batch),
    state: async () => nativeArrays(current),
    async release() {
      for (const each of Object.values(compiled)) await each.release();
    }
  };
}

type Compile<F> = (task: Task, state: Tree, batch: Batch, options: CompileOptions) => Promise<F>;

/** One function of a task, compiled for the form of the last batch. */
function oneForm<F extends {release(): Promise<void>}>(compile: Compile<F>, task: Task, state: Tree, threads: number) {
  let held: {form: string; compiled: F} | null = null;
  const release = async () => {
    const last = held;
    held = null;
    await last?.compiled.release();
  };
  const of = async (batch: Batch): Promise<F> => {
    const form = formOf(batch);
    if (held?.form === form) return held.compiled;
    await release(); // first: two sessions at once would hold twice the memory
    const compiled = await compile(task, state, batch, {threads});
    held = {form, compiled};
    return compiled;
  };
  return {of, release};
}
