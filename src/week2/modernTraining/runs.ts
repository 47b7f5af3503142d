import type {Compute} from "../../components/train/compute.js";
import type {Measure} from "../../components/train/inTurn.js";
import type {RunSpec} from "../../components/train/protocol.js";
import type {Sharpness} from "../../components/evaluate/sharpness.js";
import type {ModernConfig} from "./config.js";

/** One run of a comparison. */
export interface Setup {
  rate: number;
  /** The share of the run in which the rate rises. */
  warmup?: number;
  config?: Partial<ModernConfig>;
}

/** Runs by name that differ in their setups alone: the same first weights, batches of 50 in the same order, a cosine. */
export const comparison = (
  module: string,
  {seed, epochs}: {seed: number; epochs: number},
  setups: Record<string, Setup>
): Record<string, RunSpec> =>
  Object.fromEntries(
    Object.entries(setups).map(([name, {rate, warmup = 0, config = {}}]) => [
      name,
      {module, seed, epochs, batch: 50, schedule: {kind: "cosine" as const, rate, warmup}, config: {...config}}
    ])
  );

/**
 * A run in float32, one in emulated float16, and one with loss scaling, all of 2⁻ᵏ times the loss at 2ᵏ times the rate:
 * without rounding the three would be one.
 */
export const shrunk = (k: number): Record<string, Setup> =>
  Object.fromEntries(
    (["float32", "float16", "float16, scaled"] as const).map((precision) => [
      precision,
      {rate: 0.05 * 2 ** k, config: {precision, shrink: k}}
    ])
  );

/** What is measured of a run of SGD or SAM: the sharpness where it ended, and how much the loss rises ρ up the gradient. */
export type Bend = Sharpness & {loss: number; above: number};

/** Measures a checkpoint by `curvature.ts`, whose URL is given. */
export const bendOf =
  (compute: Pick<Compute, "weights" | "call">, curvature: string, rho: number): Measure<Bend> =>
  async ({config}, key) =>
    compute.call<Bend>(curvature, "sharpnessAt", config, await compute.weights(key), rho);
