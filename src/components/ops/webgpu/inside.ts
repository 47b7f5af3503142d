import type * as tf from "@tensorflow/tfjs";

/** The part of the backend that kernels of ours need, private fields among it. */
export interface Inside {
  device: GPUDevice;
  queue: GPUQueue;
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  dispatchCountInPass: number;
  /** What commands that are not yet submitted read or write: its buffers must not be given away. */
  commandQueueOwnedIds: WeakSet<object>;
  tensorMap: {get(id: object): Stored};
  /** tfjs's own pipelines; promises of those that are being compiled. */
  pipelineCache: Record<string, GPUComputePipeline | Promise<GPUComputePipeline>>;
  bufferManager: Buffers;
  uploadToGPU(id: object): void;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  checkCompileCompletionAsync(): Promise<void>;
  makeTensorInfo(shape: number[], dtype: tf.DataType): tf.TensorInfo;
}

interface Stored {
  dtype: tf.DataType;
  shape: number[];
  resource?: GPUBuffer | null;
  values?: ArrayLike<number> | null;
  /** Whether the buffer belongs to somebody else. */
  external?: boolean;
}

/** The backend's pool. */
interface Buffers {
  acquireBuffer(size: number, usage: number, mapped?: boolean, reuse?: boolean): GPUBuffer;
  releaseBuffer(buffer: GPUBuffer, reuse?: boolean): void;
  freeBuffers: Map<string, GPUBuffer[]>;
}
