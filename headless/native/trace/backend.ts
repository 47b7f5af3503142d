import * as tf from "@tensorflow/tfjs";
import type {BackendName} from "../../../src/components/ops/op.js";
import {dataType, elements, type Recording, type Value} from "./value.js";

/** The name that ops register their plain compositions for. */
export const traceName = "trace" satisfies BackendName;

/** The longest list of numbers that a step may hold as a constant: what is longer is data, and belongs to the batch. */
export const longestConstant = 65_536;

let current: Recording | null = null;

/** The recording that kernels write to. @throws Error outside of `during`. */
export function recordingNow(): Recording {
  if (!current) throw new Error("trace: expected a recording, got a kernel outside of one");
  return current;
}

/** Runs f while kernels of the backend write to the given recording. */
export function during<T>(recording: Recording, f: () => T): T {
  if (current) throw new Error("trace: expected one recording at a time, got another inside it");
  current = recording;
  try {
    return f();
  } finally {
    current = null;
  }
}

/** A tfjs backend whose tensors are names in a graph: it stores values, and has no numbers but constants. */
class TraceBackend extends tf.KernelBackend {
  private values = new WeakMap<object, Value>();
  private stored = 0;

  put(value: Value): tf.DataId {
    const id = {};
    this.values.set(id, value);
    this.stored++;
    return id as tf.DataId;
  }
  get(id: tf.DataId): Value {
    const value = this.values.get(id);
    if (value) return value;
    throw new Error("trace: expected tensors of the step's state and batch, got one that was made before the step");
  }
  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): tf.DataId {
    return this.put(constant(values as ArrayLike<number>, shape, dtype));
  }
  override readSync(): never {
    throw new Error("trace: expected a step of tensors alone, got one that reads a tensor's values");
  }
  override async read(): Promise<never> {
    return this.readSync();
  }
  override move(): never {
    throw new Error("trace: expected tensors of the step's state and batch, got one of another backend");
  }
  override refCount(): number {
    return 1;
  }
  override incRef(): void {}
  decRef(): void {}
  override disposeData(): boolean {
    return true;
  }
  override numDataIds(): number {
    return this.stored;
  }
  override timerAvailable(): boolean {
    return false;
  }
  override floatPrecision(): 16 | 32 {
    return 32;
  }
  override epsilon(): number {
    return 1e-7;
  }
  override memory() {
    return {unreliable: true, reasons: []};
  }
  override dispose(): void {}
}

function constant(values: ArrayLike<number>, shape: number[], type: tf.DataType): Value {
  const dtype = dataType(type);
  const {graph} = recordingNow();
  if (values.length === 0) return {shape, dtype, name: graph.constant(dtype, shape, elements(values, dtype))};
  if (Array.prototype.every.call(values, (value) => Object.is(value, values[0])))
    return {shape, dtype, fill: Number(values[0])};
  if (values.length > longestConstant)
    throw new RangeError(
      `trace: expected constants of at most ${longestConstant} numbers, got ${values.length} of shape ` +
        `(${shape.join(", ")}): make them part of the batch`
    );
  return {shape, dtype, name: graph.constant(dtype, shape, elements(values, dtype))};
}

const backend = new TraceBackend();
tf.registerBackend(traceName, () => backend, 0);

/** The value behind a tensor of the recording. */
export const valueOf = (tensor: tf.TensorInfo): Value => backend.get(tensor.dataId);

/** What a kernel returns for a value. */
export function tensorInfo(value: Value): tf.TensorInfo {
  return {dataId: backend.put(value), shape: value.shape, dtype: value.dtype};
}

/** A tensor for a value. */
export const tensorOf = (value: Value): tf.Tensor =>
  tf.engine().makeTensorFromTensorInfo(tensorInfo({...value, shape: [...value.shape]}));
