import type {Tree} from "../../src/components/tensor/tree.js";
import type {Task} from "../../src/components/train/task.js";
import type {Engine} from "../engine.js";
import {nativeEngine} from "./native.js";

export type Backend = "native" | "wasm" | "webgpu";

interface Options {
  backend?: Backend;
  /** Told, in one sentence, when another backend than the one asked for computes. */
  notice?: (message: string) => void;
}

/** The engine that a run was asked to compute with. */
export async function openEngine(task: Task, state: Tree, {backend = "native"}: Options = {}): Promise<Engine> {
  if (backend !== "native") throw new Error(`openEngine: expected native, got ${backend}`);
  return nativeEngine(task, state);
}
