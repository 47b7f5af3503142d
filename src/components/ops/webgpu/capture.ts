import * as tf from "@tensorflow/tfjs";
import {allocate, copy, device, fits, flush, residence, watched, withhold} from "./backend.js";
import {type Command, encode} from "./command.js";

type Typed = Float32Array | Int32Array | Uint8Array;

/** A step that runs again on new inputs without any of its JavaScript. */
export interface Replay {
  /**
   * One step from the state it left last, which it reads; it writes the other one.
   *
   * @param inputs by the names of the inputs it was recorded with, of the same sizes.
   * @returns settles when the GPU has finished it.
   */
  step(inputs: Record<string, Typed>): Promise<unknown>;
  /** The outputs of all steps since the last reading, `most` at most, when they are there. */
  read(): Promise<Float32Array[]>;
  /** Gives its memory back. The states stay, they are the caller's. */
  release(): void;
}

/** A step as it was run to record it: its results, and the replay or, in a clause, why there is none. */
export interface Captured<T> {
  results: T;
  replay: Replay | null;
  reason: string;
}

interface Step {
  /** The leaves of the state it begins with. */
  state: tf.Tensor[];
  /** What is new at every step, by name. */
  inputs: Record<string, tf.Tensor>;
}

/**
 * Runs a step and records its commands on the GPU, in two versions: from its state to the one that it makes, and, with the
 * buffers of both exchanged, back again. Both states and the output must outlive the replay; the inputs are its own.
 *
 * @param run the step; it gives the new state's leaves in the order of `state`, and one tensor of numbers to read.
 */
export function capture<T extends {state: tf.Tensor[]; output: tf.Tensor}>(
  {state, inputs}: Step,
  run: () => T
): Captured<T> {
  const fixed: GPUBuffer[] = [];
  if (!records()) return {results: run(), replay: null, reason: "the backend records no commands"};
  const before = state.map(residence);
  const given = Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, residence(tensor)]));
  const commands: Command[] = [];
  const descriptors = new Map<GPUBindGroup, GPUBindGroupDescriptor>();
  const taken = new Set<GPUBuffer>();
  let reads = false;
  const results = watched(
    {
      dispatched: (pipeline, bindings, groups) => commands.push({pipeline, bindings, groups}),
      copied: (from, fromOffset, to, toOffset, size) => commands.push({from, fromOffset, to, toOffset, size}),
      bound: (bindings, descriptor) => descriptors.set(bindings, descriptor),
      taken: (buffer) => taken.add(buffer),
      fixed: (buffer) => fixed.push(buffer),
      asked: () => (reads = true)
    },
    run
  );
  if (reads) return {results, replay: null, reason: "it reads a tensor's numbers"};
  const after = results.state.map(residence);
  const exchange = exchangeOf(before, after);
  if (!exchange || after.some((buffer) => fixed.includes(buffer)))
    return {results, replay: null, reason: "parts of its state share memory or never change"};
  const back = commands.map((command) => exchanged(command, exchange, descriptors));
  const giveBack = withhold(taken);
  const output = residence(results.output);
  const ways = [commands, back];
  const leaves = [state, results.state];
  const reader = readerOf(output, results.output.size);
  let steps = 1;
  return {
    results,
    reason: "",
    replay: {
      step(fresh) {
        flush();
        for (const [name, numbers] of Object.entries(fresh))
          device().queue.writeBuffer(given[name], 0, numbers instanceof Uint8Array ? Int32Array.from(numbers) : (numbers as Float32Array<ArrayBuffer>)); // prettier-ignore
        const encoder = device().createCommandEncoder();
        encode(encoder, ways[steps % 2]);
        reader.note(encoder);
        device().queue.submit([encoder.finish()]);
        leaves[++steps % 2].forEach(residence); // what was read of an older state is no longer so
        return device().queue.onSubmittedWorkDone();
      },
      read: reader.read,
      release() {
        giveBack();
        [...fixed, ...reader.buffers].forEach((buffer) => buffer.destroy());
        tf.dispose(Object.values(inputs));
      }
    }
  };
}

/** Each buffer of one state with the same leaf's of the other; null unless every leaf has one of its own. */
function exchangeOf(before: GPUBuffer[], after: GPUBuffer[]): Map<GPUBuffer, GPUBuffer> | null {
  const moved = before.map((buffer, i) => [buffer, after[i]] as const).filter(([one, other]) => one !== other);
  const map = new Map([...moved, ...moved.map(([one, other]) => [other, one] as const)]);
  return map.size === 2 * moved.length ? map : null;
}

function exchanged(
  command: Command,
  exchange: Map<GPUBuffer, GPUBuffer>,
  descriptors: Map<GPUBindGroup, GPUBindGroupDescriptor>
): Command {
  const other = (buffer: GPUBuffer) => exchange.get(buffer) ?? buffer;
  if ("from" in command) return {...command, from: other(command.from), to: other(command.to)};
  const {layout, entries} = descriptors.get(command.bindings)!;
  const turned = [...entries].map(({binding, resource}) => {
    const bound = resource as GPUBufferBinding;
    return {binding, resource: {...bound, buffer: other(bound.buffer)}};
  });
  return {...command, bindings: device().createBindGroup({layout, entries: turned})};
}

/** The most steps whose outputs wait side by side to be read. */
export const most = 16;

/** Keeps the numbers that a buffer holds after each step side by side, and reads them together. */
function readerOf(from: GPUBuffer, count: number) {
  const bytes = 4 * count;
  const {COPY_SRC, COPY_DST, MAP_READ} = GPUBufferUsage;
  const kept = device().createBuffer({size: most * bytes, usage: COPY_SRC | COPY_DST});
  const idle: GPUBuffer[] = [];
  const buffers = [kept];
  let waiting = 0;
  const staging = () => {
    if (idle.length) return idle.pop()!;
    buffers.push(device().createBuffer({size: most * bytes, usage: MAP_READ | COPY_DST}));
    return buffers.at(-1)!;
  };
  return {
    buffers,
    note: (encoder: GPUCommandEncoder) => encoder.copyBufferToBuffer(from, 0, kept, bytes * waiting++, bytes),
    async read(): Promise<Float32Array[]> {
      const [to, steps] = [staging(), waiting];
      waiting = 0;
      const encoder = device().createCommandEncoder();
      encoder.copyBufferToBuffer(kept, 0, to, 0, steps * bytes);
      device().queue.submit([encoder.finish()]);
      await to.mapAsync(GPUMapMode.READ, 0, steps * bytes);
      const numbers = new Float32Array(to.getMappedRange(0, steps * bytes).slice(0));
      to.unmap();
      idle.push(to);
      return Array.from({length: steps}, (_, i) => numbers.subarray(i * count, (i + 1) * count));
    }
  };
}

/** Whether steps can be recorded here. */
export const records = (): boolean => tf.getBackend() === "webgpu" && fits();

/** Tensors with the same numbers in memory of their own, on the current backend. */
export function duplicates(tensors: tf.Tensor[]): tf.Tensor[] {
  return tensors.map((tensor) => {
    const twin = allocate(tensor.shape, tensor.dtype);
    copy([{tensor, offset: 0}], twin, "in");
    return twin;
  });
}
