/** What a step asks of the GPU. */
export interface Load {
  dispatches: number;
  /** Sum over dispatches of the sizes of their buffers. */
  bound: number;
  /** Bytes that JavaScript hands over: written to buffers, or mapped into new ones. */
  uploaded: number;
  buffers: number;
  submits: number;
}

type Method = (...given: unknown[]) => unknown;

/** Calls `seen` after every call of a method, for all objects of a class. */
function after(prototype: object, name: string, seen: (given: unknown[], result: unknown) => void): void {
  const methods = prototype as Record<string, Method>;
  const method = methods[name];
  methods[name] = function (this: unknown, ...given: unknown[]) {
    const result = method.apply(this, given);
    seen(given, result);
    return result;
  };
}

/**
 * Counts what this thread asks of WebGPU from here on; `read` gives the counts and starts anew.
 *
 * @param compute false leaves the dispatches out: their number does not depend on what they compute.
 */
export function gpuMeter({compute = true} = {}): {read(): Load} {
  const none = (): Load => ({dispatches: 0, bound: 0, uploaded: 0, buffers: 0, submits: 0});
  let load = none();
  const sizes = new WeakMap<GPUBindGroup, number>();
  let current: GPUBindGroup | undefined;
  after(GPUDevice.prototype, "createBindGroup", ([descriptor], group) => {
    const bytes = [...(descriptor as GPUBindGroupDescriptor).entries].map(({resource}) => {
      const {buffer, size} = resource as GPUBufferBinding;
      return size ?? buffer.size;
    });
    sizes.set(group as GPUBindGroup, bytes.reduce((sum, n) => sum + n, 0)); // prettier-ignore
  });
  after(GPUDevice.prototype, "createBuffer", ([descriptor]) => {
    const {size, mappedAtCreation} = descriptor as GPUBufferDescriptor;
    ++load.buffers;
    if (mappedAtCreation) load.uploaded += size;
  });
  after(GPUQueue.prototype, "writeBuffer", (given) => {
    load.uploaded += (given[4] as number | undefined) ?? (given[2] as ArrayBufferLike).byteLength;
  });
  after(GPUQueue.prototype, "submit", () => ++load.submits);
  after(GPUComputePassEncoder.prototype, "setBindGroup", ([, group]) => (current = group as GPUBindGroup));
  const count = () => {
    ++load.dispatches;
    load.bound += current ? (sizes.get(current) ?? 0) : 0;
  };
  if (compute) after(GPUComputePassEncoder.prototype, "dispatchWorkgroups", count);
  else Object.assign(GPUComputePassEncoder.prototype, {dispatchWorkgroups: count});
  return {
    read() {
      const seen = load;
      load = none();
      return seen;
    }
  };
}
