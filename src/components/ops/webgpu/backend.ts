import * as tf from "@tensorflow/tfjs";
import type {WebGPUBackend} from "@tensorflow/tfjs-backend-webgpu";
import type {Inside} from "./inside.js";
import {stopwatch} from "./stopwatch.js";
import {shown, type Watch} from "./watch.js";

// The only file that uses the private fields of tfjs's WebGPU backend (inside.ts names them). tfjs lets a kernel of ours have one output and a
// uniform buffer of its own at each call; what needs more writes into the backend's open compute pass, as its kernels do.

const known = "4.22.0";

const methods = ["uploadToGPU", "ensureCommandEncoderReady", "endComputePassEncoder", "submitQueue", "makeTensorInfo", "checkCompileCompletionAsync"]; // prettier-ignore

/** Why a backend cannot take our kernels, in a clause; null if it can. */
export function misfit(backend: object, version: string = tf.version_core): string | null {
  if (version !== known) return `tfjs is ${version}, and our WebGPU kernels are written for ${known}`;
  const fields = backend as Record<string, unknown>;
  const missing = [
    ...methods.filter((name) => typeof fields[name] !== "function"),
    ...["device", "tensorMap", "bufferManager", "pipelineCache", "commandQueueOwnedIds"].filter(
      (name) => typeof fields[name] !== "object"
    ),
    ...["commandEncoder", "computePassEncoder", "dispatchCountInPass"].filter((name) => !(name in fields))
  ];
  return missing.length ? `tfjs's WebGPU backend has no ${missing.join(", ")}` : null;
}

const judged = new WeakMap<object, boolean>();

/** Whether the current backend takes our kernels. */
export function fits(): boolean {
  const backend = tf.backend();
  if (!judged.has(backend)) judged.set(backend, misfit(backend) === null);
  return judged.get(backend)!;
}

const inside = () => tf.backend() as unknown as Inside;

/** The device that the current backend computes on. */
export const device = (): GPUDevice => (tf.backend() as WebGPUBackend).device;

/** A new tensor on the GPU; its numbers are whatever its buffer held before. */
export function allocate(shape: number[], dtype: tf.DataType = "float32"): tf.Tensor {
  const info = inside().makeTensorInfo(shape, dtype);
  inside().uploadToGPU(info.dataId);
  return tf.engine().makeTensorFromTensorInfo(info);
}

/** A tensor's buffer, in use until what is recorded now has been submitted. */
function bufferOf(tensor: tf.Tensor): GPUBuffer {
  const backend = inside();
  backend.uploadToGPU(tensor.dataId);
  backend.commandQueueOwnedIds.add(tensor.dataId);
  return backend.tensorMap.get(tensor.dataId).resource!;
}

/** Whether kernels are only being compiled, and nothing is computed. */
export const rehearses = (): boolean => tf.env().getBool("WEBGPU_ENGINE_COMPILE_ONLY");

/** Runs f with every kernel only compiled: asynchronously, those of tfjs by a way of its own. Gives what still compiles of them. */
export function rehearsed(f: () => void): Promise<unknown>[] {
  tf.env().set("WEBGPU_ENGINE_COMPILE_ONLY", true);
  try {
    f();
  } finally {
    tf.env().set("WEBGPU_ENGINE_COMPILE_ONLY", false);
  }
  return Object.values(inside().pipelineCache).filter((pipeline) => pipeline instanceof Promise);
}

/** Settles when tfjs's own pipelines can be used. @throws Error if one of them cannot be compiled. */
export const settled = (): Promise<void> => inside().checkCompileCompletionAsync();

/** Records one dispatch: binding i of group 0 is the i-th tensor, whole. */
export function record(pipeline: GPUComputePipeline, tensors: tf.Tensor[], groups: [number, number]): void {
  if (rehearses()) return;
  const backend = inside();
  const entries = tensors.map((tensor, binding) => ({binding, resource: {buffer: bufferOf(tensor)}}));
  const bindGroup = backend.device.createBindGroup({layout: pipeline.getBindGroupLayout(0), entries});
  backend.ensureCommandEncoderReady();
  backend.computePassEncoder ??= backend.commandEncoder!.beginComputePass();
  backend.computePassEncoder.setPipeline(pipeline);
  backend.computePassEncoder.setBindGroup(0, bindGroup);
  backend.computePassEncoder.dispatchWorkgroups(...groups);
  if (++backend.dispatchCountInPass >= (tf.env().get("WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE") as number)) {
    backend.endComputePassEncoder();
    backend.submitQueue();
  }
}

/** Records a copy of whole tensors into one buffer, or out of it: `offset` is the tensor's place there, in numbers. */
export function copy(parts: {tensor: tf.Tensor; offset: number}[], whole: tf.Tensor, way: "in" | "out"): void {
  if (rehearses()) return;
  const backend = inside();
  const buffer = bufferOf(whole);
  const buffers = parts.map(({tensor}) => bufferOf(tensor)); // an upload may end the encoder that is open
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  parts.forEach(({tensor, offset}, i) => {
    const [part, place] = [buffers[i], 4 * offset];
    if (way === "in") backend.commandEncoder!.copyBufferToBuffer(part, 0, buffer, place, 4 * tensor.size);
    else backend.commandEncoder!.copyBufferToBuffer(buffer, place, part, 0, 4 * tensor.size);
  });
}

/** Submits what is recorded. */
export function flush(): void {
  const backend = inside();
  backend.endComputePassEncoder();
  if (backend.commandEncoder) backend.submitQueue();
}

/** Milliseconds that the GPU takes for what f records: by its own clock in one pass, or without it by ours. */
export async function timed(f: () => void): Promise<number> {
  flush();
  const backend = inside();
  const watch = stopwatch(backend.device);
  const batch = tf.env().get("WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE");
  tf.env().set("WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE", 1e9); // one pass
  const began = performance.now();
  try {
    backend.ensureCommandEncoderReady();
    const pass = watch && {timestampWrites: watch.timestampWrites};
    backend.computePassEncoder = backend.commandEncoder!.beginComputePass(pass ?? undefined);
    f();
    backend.endComputePassEncoder();
    watch?.stop(backend.commandEncoder!);
    flush();
  } finally {
    tf.env().set("WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE", batch);
  }
  await backend.device.queue.onSubmittedWorkDone();
  const ours = performance.now() - began;
  return (await watch?.read()) || ours; // a browser may give timestamps of 0
}

/** The buffer that a tensor's numbers are in; its numbers on the processor, should there be any, count no longer. */
export function residence(tensor: tf.Tensor): GPUBuffer {
  inside().uploadToGPU(tensor.dataId);
  const stored = inside().tensorMap.get(tensor.dataId);
  stored.values = null;
  return stored.resource!;
}

/**
 * Runs f while every command that the backend records is shown to `watch`. What tfjs would upload, and the uniforms of its
 * own kernels, get buffers of their own, which a replay finds unchanged.
 */
export function watched<T>(watch: Watch, f: () => T): T {
  flush();
  const backend = inside();
  const {device, bufferManager: pool, queue} = backend;
  const uniforms = new Set<GPUBuffer>();
  const [acquire, release, bind, upload] = [
    pool.acquireBuffer,
    pool.releaseBuffer,
    device.createBindGroup,
    backend.uploadToGPU
  ];
  const replacements: [object, Record<string, unknown>][] = [
    [backend, {
      ensureCommandEncoderReady: () => (backend.commandEncoder ??= shown(device.createCommandEncoder(), watch)),
      read: (id: object) => (watch.asked(), Object.getPrototypeOf(backend).read.call(backend, id)),
      readSync: (id: object) => (watch.asked(), Object.getPrototypeOf(backend).readSync.call(backend, id)),
      uploadToGPU(id: object) {
        const stored = backend.tensorMap.get(id);
        if (stored.resource || !stored.values) return upload.call(backend, id);
        const numbers = stored.dtype === "float32" ? Float32Array.from(stored.values) : Int32Array.from(stored.values);
        const buffer = device.createBuffer({size: numbers.byteLength, usage: storage});
        queue.writeBuffer(buffer, 0, numbers);
        Object.assign(stored, {resource: buffer, external: true, values: null});
        watch.fixed(buffer);
      }
    }],
    [pool, {
      acquireBuffer(size: number, usage: number, mapped?: boolean, reuse?: boolean) {
        const uniform = (usage & GPUBufferUsage.UNIFORM) !== 0;
        const buffer = acquire.call(pool, size, usage, mapped, uniform ? false : reuse);
        if (uniform) uniforms.add(buffer);
        (uniform ? watch.fixed : watch.taken)(buffer);
        return buffer;
      },
      releaseBuffer: (buffer: GPUBuffer, reuse?: boolean) => uniforms.has(buffer) || release.call(pool, buffer, reuse)
    }],
    [device, {
      createBindGroup(descriptor: GPUBindGroupDescriptor) {
        const bindings = bind.call(device, descriptor);
        watch.bound(bindings, descriptor);
        return bindings;
      }
    }]
  ]; // prettier-ignore
  for (const [object, own] of replacements) Object.assign(object, own);
  try {
    return f();
  } finally {
    flush();
    for (const [object, own] of replacements) for (const name of Object.keys(own)) Reflect.deleteProperty(object, name);
  }
}

const storage = 0x80 | 0x4 | 0x8; // GPUBufferUsage.STORAGE, COPY_SRC and COPY_DST

/** Takes buffers out of the pool's free ones, so that nobody else gets them; gives what puts them back. */
export function withhold(taken: Set<GPUBuffer>): () => void {
  const {freeBuffers} = inside().bufferManager;
  const held: GPUBuffer[] = [];
  for (const [key, buffers] of freeBuffers) {
    held.push(...buffers.filter((buffer) => taken.has(buffer)));
    freeBuffers.set(key, buffers.filter((buffer) => !taken.has(buffer))); // prettier-ignore
  }
  return () => held.forEach((buffer) => freeBuffers.get(`${buffer.size}_${buffer.usage}`)!.push(buffer));
}
