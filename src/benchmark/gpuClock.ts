import {type Command, encode} from "../components/ops/webgpu/command.js";

/** Sends commands to a device and waits until it has done them. */
export interface Clock {
  /** Seconds that the commands take when they are sent again and again, without what it costs to send something at all. */
  seconds(commands: Command[]): Promise<number>;
}

const most = 2048; // repetitions in one submission

/**
 * A clock by repetition: sends the commands so often that they take `budget` seconds, and divides. WebGPU's own time
 * stamps are missing on many adapters and are rounded to 0.1 ms where they are not.
 *
 * Repeating an op is allowed since none writes what it reads.
 */
export async function gpuClock(device: GPUDevice, budget = 0.01): Promise<Clock> {
  const run = async (commands: Command[], times: number): Promise<number> => {
    const encoder = device.createCommandEncoder();
    for (let i = 0; i < times; ++i) encode(encoder, commands);
    const buffer = encoder.finish();
    const start = performance.now();
    device.queue.submit([buffer]);
    await device.queue.onSubmittedWorkDone();
    return (performance.now() - start) / 1000;
  };
  /** The least of some times: what else runs on the machine can only add to one. */
  const least = async (commands: Command[], times: number, runs: number): Promise<number> => {
    let found = Infinity;
    for (let i = 0; i < runs; ++i) found = Math.min(found, await run(commands, times));
    return found;
  };
  await run([], 0); // the first time is not like the others
  const idle = await least([], 0, 7);
  return {
    async seconds(commands) {
      await run(commands, 1);
      let times = 1;
      let taken = await least(commands, times, 2);
      while (taken - idle < budget && times < most) {
        const wanted = Math.ceil((times * budget) / Math.max(taken - idle, budget / 8));
        times = Math.min(most, Math.max(2 * times, wanted));
        taken = await least(commands, times, 2);
      }
      if (taken < 10 * budget) taken = Math.min(taken, await least(commands, times, 2));
      return Math.max(taken - idle, 1e-9) / times;
    }
  };
}
