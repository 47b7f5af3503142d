/** What a step asks of the GPU. */
export interface Load {
  dispatches: number;
  /** Sum over dispatches of the sizes of their buffers. */
  bound: number;
  /** Bytes that JavaScript hands over: written to buffers, or mapped into new ones. */
  uploaded: number;
  /** Buffers that are made, and that are destroyed. */
  buffers: number;
  destroyed: number;
  submits: number;
}

type Method = (...given: unknown[]) => unknown;

/** Calls `seen` after every call of a method, for all objects of a class. */
function after(prototype: object, name: string, seen: (given: unknown[], result: unknown, self: object) => void): void {
  const methods = prototype as Record<string, Method>;
  const method = methods[name];
  methods[name] = function (this: object, ...given: unknown[]) {
    const result = method.apply(this, given);
    seen(given, result, this);
    return result;
  };
}

/**
 * Counts what this thread asks of WebGPU from here on, of every device; `read` gives the counts and starts anew.
 *
 * @param compute false leaves the dispatches out: their number does not depend on what they compute.
 */
export function gpuMeter({compute = true} = {}): {read(): Load} {
  const none = (): Load => ({dispatches: 0, bound: 0, uploaded: 0, buffers: 0, destroyed: 0, submits: 0});
  let load = none();
  const sizes = new WeakMap<object, number>();
  const bound = new WeakMap<object, number[]>(); // of a pass, by the group's place
  after(GPUDevice.prototype, "createBindGroup", ([descriptor], group) => {
    const entries = [...(descriptor as GPUBindGroupDescriptor).entries];
    sizes.set(group as object, entries.reduce((sum, entry) => sum + bytesOf(entry), 0)); // prettier-ignore
  });
  after(GPUDevice.prototype, "createBuffer", ([descriptor]) => {
    const {size, mappedAtCreation} = descriptor as GPUBufferDescriptor;
    ++load.buffers;
    if (mappedAtCreation) load.uploaded += size;
  });
  after(GPUBuffer.prototype, "destroy", () => ++load.destroyed);
  after(GPUQueue.prototype, "writeBuffer", ([, , data, offset, size]) => {
    const unit = (data as {BYTES_PER_ELEMENT?: number}).BYTES_PER_ELEMENT ?? 1;
    const all = (data as ArrayBuffer).byteLength - unit * ((offset as number | undefined) ?? 0);
    load.uploaded += size === undefined ? all : unit * (size as number);
  });
  after(GPUQueue.prototype, "submit", () => ++load.submits);
  after(GPUComputePassEncoder.prototype, "setBindGroup", ([index, group], _, pass) => {
    const groups = bound.get(pass) ?? [];
    groups[index as number] = sizes.get(group as object) ?? 0;
    bound.set(pass, groups);
  });
  const count = (_: unknown, __: unknown, pass: object) => {
    ++load.dispatches;
    load.bound += (bound.get(pass) ?? []).reduce((sum, bytes) => sum + bytes, 0);
  };
  if (compute) after(GPUComputePassEncoder.prototype, "dispatchWorkgroups", count);
  else
    Object.assign(GPUComputePassEncoder.prototype, {
      dispatchWorkgroups(this: object) {
        count(null, null, this);
      }
    });
  return {
    read() {
      const seen = load;
      load = none();
      return seen;
    }
  };
}

/** Bytes of a buffer that stands in a bind group; other resources have none here. */
function bytesOf({resource}: GPUBindGroupEntry): number {
  if (resource instanceof GPUBuffer) return resource.size;
  const {buffer, offset = 0, size} = resource as GPUBufferBinding;
  return size ?? (buffer ? buffer.size - offset : 0);
}
