import type {Tree} from "../../src/components/tensor/tree.js";
import type {Task} from "../../src/components/train/task.js";
import type {Engine} from "../engine.js";
import {firstLine} from "./firstLine.js";

/** What can be asked for; `native` is the fastest on a processor. */
export const backends = ["native", "wasm", "webgpu"] as const;
export type Backend = (typeof backends)[number];

interface Options {
  /** `native` unless told. */
  backend?: Backend;
  /** Of the native engine; one a core unless told. Fewer where other work shares the cores. */
  threads?: number;
  /** Told, in one sentence, when the run goes on another backend than the one that was asked for. */
  notice?: (sentence: string) => void;
}

/**
 * The engine for a task. Where onnxruntime's binary cannot be loaded, wasm takes its place, and `notice` says so.
 *
 * @param state where the run begins; see the engines.
 * @throws Error in one sentence, if WebGPU was asked for and there is none, or if the backend is none of `backends`.
 */
export async function openEngine(
  task: Task,
  state: Tree,
  {backend = "native", threads, notice = () => {}}: Options = {}
): Promise<Engine> {
  if (!backends.includes(backend)) throw new RangeError(`openEngine: expected ${backends.join(", ")}, got ${backend}`);
  const missing = backend === "native" ? await whyNotNative() : null;
  if (backend === "native" && missing === null) {
    const {nativeEngine} = await import("./native.js");
    return nativeEngine(task, state, {threads});
  }
  if (missing !== null)
    notice(`onnxruntime-node cannot be loaded here (${missing}): training on wasm, which is slower.`);
  const {eagerEngine} = await import("./eager.js");
  return eagerEngine(task, state, backend === "webgpu" ? "webgpu" : "wasm");
}

/** What keeps onnxruntime from being loaded, or null. */
const whyNotNative = (): Promise<string | null> => import("onnxruntime-node").then(() => null, firstLine);
