import * as tf from "@tensorflow/tfjs";
import type {Records} from "../components/data/records.js";
import type {Model} from "../components/models/model.js";
import {projectionHead} from "../components/models/projectionHead.js";
import {resnet} from "../components/models/resnet.js";
import {l2Normalise} from "../components/ops/l2Normalise.js";
import {matMul} from "../components/ops/matMul.js";
import {projected, type Projected} from "../components/ssl/projected.js";
import {featuresOf, inBatches, stateOf, type Weights} from "./look.js";
import simclrTask, {validated, type SimclrConfig} from "./simclrTask.js";

export {judge, nearestClass, plane, similar} from "./look.js";

type Config = Partial<SimclrConfig>;

/** Pooled features (N, F) of the encoder as it begins: the random network to compare with. */
export const untrained = (config: Config, records: Records): tf.Tensor => featuresOf(simclrTask(config), null, records);

/**
 * What the loss sees, of a checkpoint or, with null, of a network that has learnt nothing: the projections (N, D) of the
 * records' first views, and the cosines of all first views with all second ones, (N, N), positives on the diagonal.
 */
export function projections(
  config: Config,
  weights: Weights | null,
  records: Records
): Record<"z" | "cosines", tf.Tensor> {
  const {depth, width, hidden, outputs} = validated(config);
  const task = simclrTask(config);
  const encoder = resnet({depth, width});
  const model = projected(encoder, projectionHead(encoder.features, hidden, outputs) as unknown as Model);
  const state = stateOf(task, weights) as Projected<never, never>;
  const seen = (which: "first" | "second") =>
    l2Normalise(inBatches(task, records, (batch) => model.apply(state, batch[which])[0]));
  const z = seen("first");
  return {z, cosines: matMul(z, seen("second"), {transposeB: true})};
}
