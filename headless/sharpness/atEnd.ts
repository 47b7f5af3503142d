import * as tf from "@tensorflow/tfjs";
import type {DataSet} from "../../src/components/data/records.js";
import {begin} from "../../src/components/train/begin.js";
import type {Task} from "../../src/components/train/task.js";
import type {Engine} from "../engine.js";
import type {Experiment} from "../run/experiment.js";
import {lossSharpness, type MeasuredSharpness} from "./measure.js";

/** The sharpness of the place where a run has ended, from its weights in full; null where the recipe does not ask for it. */
export async function sharpnessAtEnd(
  {experiment, data, task, engine}: {experiment: Experiment; data: DataSet; task: Task; engine: Engine},
  threads?: number
): Promise<MeasuredSharpness | null> {
  const images = experiment.constants.sharpness;
  if (!images) return null;
  const values = await engine.state();
  await tf.setBackend("cpu"); // where the state is made
  const state = begin(task, experiment.seed, values);
  return lossSharpness({task, state, train: data.train}, {images, engine: {threads}});
}
