import type {Turn} from "../../components/train/inTurn.js";
import type {RunSpec} from "../../components/train/protocol.js";
import type {MocoConfig} from "../mocoTask.js";
import {collapse} from "./momentum.js";

/** What the runs with a slower and a slower key encoder have in common: the oldest of its K / B keys is 41 steps old. */
export const compared = {momenta: [0, 0.9, 0.99], queue: 1024, batch: 25, images: 500, epochs: 6};

/** Runs of a tiny network by name, one for each m, from one seed. @param module URL of `mocoTask`. */
export function momenta(module: string, seed = 1): Record<string, RunSpec & {config: Partial<MocoConfig>}> {
  const {queue, batch, images, epochs} = compared;
  const run = (momentum: number): RunSpec & {config: Partial<MocoConfig>} => ({
    ...{module, seed, epochs, batch, schedule: {kind: "cosine", rate: 0.2, warmup: 0.05}},
    config: {data: "scenes", depth: 10, width: 4, size: 16, outputs: 32, images, testImages: 300, queue, momentum}
  });
  return Object.fromEntries(compared.momenta.map((m) => [`m = ${m}`, run(m)]));
}

/** How a run went. */
export interface Course {
  /** The largest share of queries in an epoch that a batch mate's key would have satisfied: told without the image. */
  batchmate: number;
  /** Nats that the last epoch's training loss lies below ln(K + 1), where nothing is told apart. */
  below: number;
}

/** The course of a finished run, from its steps. */
export function course({points}: Pick<Turn<never>, "points">): Course {
  const epochs = Array.from({length: compared.epochs}, (_, e) =>
    points.filter(({epoch}) => epoch > e && epoch <= e + 1)
  );
  const means = (name: string) =>
    epochs.map((steps) => steps.reduce((sum, {metrics}) => sum + metrics[name], 0) / steps.length);
  return {batchmate: Math.max(...means("batchmate")), below: collapse(compared.queue) - means("loss").slice(-1)[0]};
}
