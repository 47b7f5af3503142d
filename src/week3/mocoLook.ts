import type * as tf from "@tensorflow/tfjs";
import type {Records} from "../components/data/records.js";
import {featuresOf} from "./look.js";
import mocoTask, {type MocoConfig} from "./mocoTask.js";

export {judge, nearestClass, plane, similar} from "./look.js";
export {cheat} from "./moco/cheating.js";

/** Pooled features (N, F) of the query encoder as it begins. */
export const untrained = (config: Partial<MocoConfig>, records: Records): tf.Tensor =>
  featuresOf(mocoTask(config), null, records);
