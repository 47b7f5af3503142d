import type {Batch} from "../../src/components/train/task.js";
import type {Numbers} from "../../src/components/train/protocol.js";
import {batchPrefix, numberPrefix, rateName, statePrefix, typeOf, type Recorded} from "./forms.js";
import {tensorsOf, type NativeState} from "./nativeState.js";
import {nativeTensor, type NativeTensor} from "./session.js";
import {inputName, outputName} from "./trace/trace.js";

/** Arguments of a compiled function of a task. */
export interface Arguments {
  state: NativeState;
  batch: Batch;
  /** Of a step alone. */
  rate?: number;
}

/** What the graph takes: leaves and blocks that nothing reads are not fed. @throws RangeError for another form. */
export function feedsOf(
  caller: string,
  {graph, forms}: Recorded,
  {state, batch, rate = 0}: Arguments
): Record<string, NativeTensor> {
  const leaves = tensorsOf(caller, state);
  const wanted = new Set(graph.inputs.map(({name}) => name));
  const feeds: Record<string, NativeTensor> = {};
  const feed = (name: string, tensor: () => NativeTensor) => {
    if (wanted.has(inputName(name))) feeds[inputName(name)] = tensor();
  };
  feed(rateName, () => nativeTensor({data: Float32Array.of(rate), shape: []}));
  for (const [name, {shape, dtype}] of Object.entries(forms)) {
    if (name.startsWith(statePrefix)) feed(name, () => leaves.get(name.slice(statePrefix.length))!);
    if (!name.startsWith(batchPrefix)) continue;
    const block = batch[name.slice(batchPrefix.length)];
    if (!block || String(block.shape) !== String(shape) || typeOf(block.data) !== dtype)
      throw new RangeError(
        `${caller}: expected ${name.slice(batchPrefix.length)} (${shape.join(", ")}) ${dtype}, got ` +
          (block ? `(${block.shape.join(", ")}) ${typeOf(block.data)}` : "none")
      );
    feed(name, () => nativeTensor(block));
  }
  return feeds;
}

/** The scalars among the outputs. */
export function numbersOf(made: Record<string, NativeTensor>): Numbers {
  const prefix = outputName(numberPrefix);
  const numbers = Object.entries(made).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(numbers.map(([name, {data}]) => [name.slice(prefix.length), Number(data[0])]));
}
