import * as tf from "@tensorflow/tfjs";
import {rng} from "../components/math/random.js";
import {device} from "../components/ops/webgpu/backend.js";
import {upload} from "../components/train/arrays.js";
import {ceilingsOf, type Found} from "./ceilings.js";
import {batchOf, rateOf, taskOf} from "./contenders.js";
import {gpuClock} from "./gpuClock.js";
import {opsOfStep, type StepOp} from "./opsOfStep.js";
import type {Size} from "./size.js";

/** An op with the seconds that one call of it takes. */
export type TimedOp = Omit<StepOp, "commands"> & {seconds: number; dispatches: number};

/** What the roofline shows: the ceilings of an adapter, and the ops of a step. */
export interface Roofline {
  size: Size;
  ceilings: Found;
  ops: TimedOp[];
}

interface Options {
  /** Bytes of the copied buffer. */
  copied: number;
  /** Told what is being measured. */
  tell: (stage: string) => void;
}

/** Measures the ceilings, and every op of a training step of ours by itself. */
export async function roofline(size: Size, {copied, tell}: Options): Promise<Roofline> {
  const clock = await gpuClock(device());
  tell("the ceilings");
  const ceilings = await ceilingsOf(device(), clock, copied);
  tell("the step’s shaders");
  const [task, batch] = [taskOf(size), batchOf(size)];
  const state = tf.tidy(() => task.init(rng(0)));
  const step = () =>
    tf.tidy(() => {
      task.step(state, upload(batch), tf.scalar(rateOf(size)));
    });
  step();
  await device().queue.onSubmittedWorkDone();
  const {ops, release} = opsOfStep(step);
  const timed: TimedOp[] = [];
  for (const [i, {commands, ...op}] of ops.entries()) {
    tell(`op ${i + 1} of ${ops.length}`);
    const dispatches = commands.filter((command) => "pipeline" in command).length;
    timed.push({...op, dispatches, seconds: await clock.seconds(commands)});
  }
  release();
  tf.dispose(state as never);
  return {size, ceilings, ops: timed};
}
