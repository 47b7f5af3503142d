/** What is seen of a step while it runs. */
export interface Watch {
  dispatched(pipeline: GPUComputePipeline, bindings: GPUBindGroup, groups: [number, number, number]): void;
  copied(from: GPUBuffer, fromOffset: number, to: GPUBuffer, toOffset: number, size: number): void;
  bound(bindings: GPUBindGroup, descriptor: GPUBindGroupDescriptor): void;
  /** A buffer of the pool that the step writes. */
  taken(buffer: GPUBuffer): void;
  /** A buffer whose numbers are the same at every step; nobody else gets it. */
  fixed(buffer: GPUBuffer): void;
  /** The step asks for a tensor's numbers. */
  asked(): void;
}

/** A command encoder whose commands are shown. */
export function shown(encoder: GPUCommandEncoder, watch: Watch): GPUCommandEncoder {
  const pass = (real: GPUComputePassEncoder) => {
    let pipeline: GPUComputePipeline;
    let bindings: GPUBindGroup;
    return {
      setPipeline: (next: GPUComputePipeline) => real.setPipeline((pipeline = next)),
      setBindGroup: (index: number, next: GPUBindGroup) => real.setBindGroup(index, (bindings = next)),
      dispatchWorkgroups(x: number, y = 1, z = 1) {
        watch.dispatched(pipeline, bindings, [x, y, z]);
        real.dispatchWorkgroups(x, y, z);
      },
      end: () => real.end()
    };
  };
  const own: Record<string | symbol, unknown> = {
    beginComputePass: (descriptor?: GPUComputePassDescriptor) => pass(encoder.beginComputePass(descriptor)),
    copyBufferToBuffer(...[from, fromOffset, to, toOffset, size]: [GPUBuffer, number, GPUBuffer, number, number]) {
      watch.copied(from, fromOffset, to, toOffset, size);
      encoder.copyBufferToBuffer(from, fromOffset, to, toOffset, size);
    }
  };
  return new Proxy(encoder, {
    get: (real, name) => own[name] ?? (real[name as "finish"] as () => unknown).bind(real) // all else as it is
  });
}
