import type {Compute} from "../../components/train/compute.js";
import type {Measure} from "../../components/train/inTurn.js";
import type {RunSpec} from "../../components/train/protocol.js";
import type {SimclrConfig} from "../simclrTask.js";
import type {SimsiamConfig} from "../simsiamTask.js";
import type {Told} from "../simclrLook.js";

/** A network small enough for several runs in a minute, and views in which little is left of an image's colours. */
export const small = {
  ...{data: "scenes", depth: 10, width: 4, size: 16, scale: 0.5, strength: 1, gray: 0.5},
  ...{hidden: 32, outputs: 32, images: 500, testImages: 300}
} as const;

const run = (module: string, epochs: number, config: Partial<SimclrConfig>): RunSpec => ({
  ...{module, seed: 1, epochs, batch: 25, schedule: {kind: "cosine" as const, rate: 0.1, warmup: 0.1}},
  config: {...small, ...config}
});

/** Runs that differ in τ alone. @param module URL of the task. */
export const sweep = (module: string): Record<string, RunSpec> =>
  Object.fromEntries([0.1, 0.5, 2].map((temperature) => [`τ = ${temperature}`, run(module, 6, {temperature})]));

/** Runs that differ in the head alone. @param module URL of the task. */
export const depths = (module: string): Record<string, RunSpec> => ({
  "no head": run(module, 12, {head: 0}),
  "one layer": run(module, 12, {head: 1}),
  "two layers": run(module, 12, {head: 2})
});

/** Runs without negatives, as many steps each. @param module URL of SimSiam's task. */
export function collapses(module: string): Record<string, RunSpec> {
  const run = (config: Partial<SimsiamConfig>): RunSpec => ({
    ...{module, seed: 1, epochs: 4, batch: 25, schedule: {kind: "constant" as const, rate: 0.1}},
    config: {...small, ...config}
  });
  return {
    "stop-gradient and predictor": run({}),
    "no stop-gradient": run({stop: "off"}),
    "no predictor": run({predictor: "off"})
  };
}

/** What both sides of the head tell, of a run's checkpoint. @param look URL of `simclrLook`. */
export const toldBy =
  (compute: Pick<Compute, "records" | "weights" | "call">, look: string): Measure<Told[]> =>
  async ({module, config}, key) => {
    const [train, test] = [
      await compute.records({module, config, split: "train"}),
      await compute.records({module, config, split: "test"})
    ];
    return compute.call(look, "sides", config, await compute.weights(key), {train, test});
  };
