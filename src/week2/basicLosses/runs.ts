import type {Compute} from "../../components/train/client.js";
import type {Block} from "../../components/train/task.js";

/** A run that has ended: what was asked, its training losses, and what the network says of the points to judge by. */
export interface Ended<R> {
  run: R;
  losses: number[];
  outputs: Block;
}

type Answer = {losses: Block; outputs?: Block; scores?: Block};

/** Trains in the worker, one run after another; gives those that have ended. */
export async function* trainEach<R extends object>(
  compute: Compute,
  module: string,
  name: string,
  runs: R[]
): AsyncGenerator<Ended<R>[]> {
  const ended: Ended<R>[] = [];
  yield [];
  for (const run of runs) {
    const {losses, outputs, scores} = await compute.call<Answer>(module, name, run);
    ended.push({run, losses: Array.from(losses.data), outputs: (outputs ?? scores)!});
    yield [...ended];
  }
}

type Both = {value: number; gradient: number[]};

/** The library's values and gradients at one row of logits, as plain numbers. */
export async function askLibrary(
  compute: Compute,
  module: string,
  z: number[],
  label: number,
  options: {epsilon: number; gamma: number}
): Promise<Record<"smoothed" | "focal" | "huber", Both>> {
  const answer = await compute.call<Record<string, Record<"value" | "gradient", Block>>>(module, "library", z, label, options); // prettier-ignore
  const plain = Object.entries(answer).map(([name, {value, gradient}]) => [name, {value: value.data[0], gradient: Array.from(gradient.data)}]); // prettier-ignore
  return Object.fromEntries(plain) as Record<"smoothed" | "focal" | "huber", Both>;
}
