import * as tf from "@tensorflow/tfjs";
import type {Task} from "../../components/train/task.js";
import {validated, type DinoConfig} from "../dinoConfig.js";
import dinoTask from "../dinoTask.js";
import {information, teacherOf} from "./information.js";

export {data} from "../dinoTask.js";

/**
 * DINO that also measures, on held-out images, what the teacher's prototypes tell about the image: `information`, the mean
 * over batches of what is told of the images of one batch, which can be no more than the logarithm of their number.
 *
 * @throws RangeError in one sentence if the configuration is none.
 */
export default function informedTask(asked: Partial<DinoConfig>): Task {
  const task = dinoTask(asked);
  const said = teacherOf(validated(asked));
  return {
    ...task,
    evaluate(state, batch) {
      const sums = task.evaluate(state, batch);
      return {...sums, information: tf.mul(information(said(state, batch), batch.mask), sums.count) as tf.Scalar};
    }
  };
}
