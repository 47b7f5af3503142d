import * as ort from "onnxruntime-node";
import type {Block} from "../../src/components/train/task.js";
import {typeOf} from "./forms.js";
import type {Graph} from "./onnx/graph.js";
import {encodeModel} from "./onnx/model.js";
import type {DataType} from "./trace/value.js";

/** A tensor in onnxruntime's hands. Its memory is ours: what a run writes into it is seen without a copy. */
export type NativeTensor = ort.Tensor;

/** Runs a graph. */
export interface Session {
  /**
   * @param feeds every input of the graph, by name.
   * @param into tensors to write outputs into, by name; the other outputs are allocated.
   * @returns every output of the graph, by name.
   */
  run(feeds: Record<string, NativeTensor>, into?: Record<string, NativeTensor>): Promise<Record<string, NativeTensor>>;
  release(): Promise<void>;
}

/** How many threads a session computes with, unless told: the runtime's own choice, one a core. */
const automatic = 0;

/** Loads a graph into onnxruntime, on the CPU. */
export async function openSession(graph: Graph, {threads = automatic} = {}): Promise<Session> {
  const session = await ort.InferenceSession.create(encodeModel(graph), {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    enableMemPattern: false, // two fifths less memory for a fiftieth of the speed
    logSeverityLevel: 3 // errors only: the runtime warns of every constant it folds
  });
  const names = graph.outputs.map(({name}) => name);
  return {
    async run(feeds, into = {}) {
      const fetches = Object.fromEntries(names.map((name) => [name, into[name] ?? null]));
      return (await session.run(feeds, fetches)) as Record<string, NativeTensor>;
    },
    release: () => session.release()
  };
}

/** A tensor over an array, which it shares where the types agree: bytes become int32. */
export function nativeTensor({data, shape}: Block, dtype: DataType = typeOf(data)): NativeTensor {
  if (dtype === "bool") return new ort.Tensor("bool", Uint8Array.from(data), shape);
  if (dtype === "float32") return new ort.Tensor("float32", data as Float32Array, shape);
  return new ort.Tensor("int32", data instanceof Int32Array ? data : Int32Array.from(data), shape);
}

/** A tensor of zeros, to be written into. */
export function emptyTensor(dtype: DataType, shape: number[]): NativeTensor {
  const count = shape.reduce((product, n) => product * n, 1);
  const data = {float32: Float32Array, int32: Int32Array, bool: Uint8Array}[dtype];
  return new ort.Tensor(dtype, new data(count) as never, shape);
}
