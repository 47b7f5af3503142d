import * as tf from "@tensorflow/tfjs";
import {flush, watched, withhold} from "../components/ops/webgpu/backend.js";
import type {Command} from "../components/ops/webgpu/command.js";
import type {Watch} from "../components/ops/webgpu/watch.js";
import {bytesOf, flopsOf, sizeOf, type Call} from "./flops.js";

/** An op of a step: calls of one kernel with the same shapes. */
export interface StepOp {
  kernel: string;
  /** The shape that names it: a convolution's filter, else its largest input or output. */
  shape: number[];
  /** How often the step calls it. */
  calls: number;
  /** Of one call. */
  flops: number;
  bytes: number;
  commands: Command[];
}

/**
 * The ops of a step on WebGPU, in the order of their first call, each with the commands of that call. Only calls that send
 * commands are ops: a reshape sends none.
 *
 * @param step what is run, once, under watch; its shaders have to be compiled.
 * @returns the ops, whose commands can be sent again until `release` gives the step's memory back.
 */
export function opsOfStep(step: () => void): {ops: StepOp[]; release(): void} {
  const ops = new Map<string, StepOp>();
  const fixed: GPUBuffer[] = [];
  const taken = new Set<GPUBuffer>();
  let commands: Command[] = [];
  const watch: Watch = {
    dispatched: (pipeline, bindings, groups) => commands.push({pipeline, bindings, groups}),
    copied: (from, fromOffset, to, toOffset, size) => commands.push({from, fromOffset, to, toOffset, size}),
    bound: () => undefined,
    taken: (buffer) => taken.add(buffer),
    fixed: (buffer) => fixed.push(buffer),
    asked: () => undefined
  };
  const note = (call: Call) => {
    const sent = commands;
    commands = [];
    if (sent.length === 0) return;
    const key = JSON.stringify(call);
    const known = ops.get(key);
    if (known) ++known.calls;
    else ops.set(key, {kernel: call.kernel, shape: namingShape(call), calls: 1, flops: flopsOf(call), bytes: bytesOf(call), commands: sent}); // prettier-ignore
  };
  const restore = overhear(note);
  try {
    watched(watch, step);
  } finally {
    restore();
  }
  const giveBack = withhold(taken);
  return {
    ops: [...ops.values()],
    release() {
      flush();
      giveBack();
      fixed.forEach((buffer) => buffer.destroy());
    }
  };
}

function namingShape({kernel, inputs, outputs}: Call): number[] {
  if (kernel.includes("Conv2D")) return inputs.filter ?? outputs[0];
  return [...Object.values(inputs), ...outputs].reduce((a, b) => (sizeOf(b) > sizeOf(a) ? b : a), []);
}

/** Tells of every kernel that is called by none other, after its commands; gives what ends it. */
function overhear(note: (call: Call) => void): () => void {
  const configs = tf.getKernelsForBackend("webgpu");
  const originals = configs.map(({kernelFunc}) => kernelFunc);
  let depth = 0;
  for (const [i, config] of configs.entries())
    config.kernelFunc = (given) => {
      ++depth;
      try {
        const made = originals[i](given);
        if (depth === 1) note(callOf(config.kernelName, given, made));
        return made;
      } finally {
        --depth;
      }
    };
  return () => configs.forEach((config, i) => (config.kernelFunc = originals[i]));
}

function callOf(kernel: string, {inputs, attrs}: Parameters<tf.KernelFunc>[0], made: ReturnType<tf.KernelFunc>): Call {
  const given = Object.entries(inputs).flatMap(([name, tensor]) => (tensor ? [[name, tensor.shape] as const] : []));
  const attributes = Object.fromEntries(Object.entries(attrs ?? {}).filter(([, value]) => typeof value !== "function"));
  const outputs = (Array.isArray(made) ? made : [made]) as tf.TensorInfo[];
  return {kernel, inputs: Object.fromEntries(given), attributes, outputs: outputs.map(({shape}) => shape)};
}
