import type * as tf from "@tensorflow/tfjs";
import type {Records} from "../components/data/records.js";
import {featuresOf} from "./look.js";
import mocoTask, {type MocoConfig} from "./mocoTask.js";

export {judge, nearestClass, nearestPixels, plane, similar} from "./look.js";
export {cheat} from "./moco/cheating.js";

/** Pooled features (N, F) of the query encoder as it begins from a seed. */
export const untrained = (config: Partial<MocoConfig>, seed: number, records: Records): tf.Tensor =>
  featuresOf(mocoTask(config), seed, records);
