/** One command of a step: a dispatch, or a copy of `size` bytes. */
export type Command =
  | {pipeline: GPUComputePipeline; bindings: GPUBindGroup; groups: [number, number, number]}
  | {from: GPUBuffer; fromOffset: number; to: GPUBuffer; toOffset: number; size: number};

/** Encodes commands in their order, dispatches between two copies in one pass. */
export function encode(encoder: GPUCommandEncoder, commands: Command[]): void {
  let pass: GPUComputePassEncoder | null = null;
  for (const command of commands)
    if ("from" in command) {
      pass?.end();
      pass = null;
      encoder.copyBufferToBuffer(command.from, command.fromOffset, command.to, command.toOffset, command.size);
    } else {
      pass ??= encoder.beginComputePass();
      pass.setPipeline(command.pipeline);
      pass.setBindGroup(0, command.bindings);
      pass.dispatchWorkgroups(...command.groups);
    }
  pass?.end();
}
