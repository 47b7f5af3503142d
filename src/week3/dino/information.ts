import * as tf from "@tensorflow/tfjs";
import type {Model} from "../../components/models/model.js";
import {mean, sum} from "../../components/ops/mean.js";
import type {DinoState} from "../../components/ssl/dino.js";
import {projected} from "../../components/ssl/projected.js";
import {shapes} from "../../components/tensor/shape.js";
import type {Tree} from "../../components/tensor/tree.js";
import type {DinoConfig} from "../dinoConfig.js";
import {encoderOf, headOf} from "../dinoTask.js";

/**
 * What the prototype tells about the image, H(P̄) − mean H(P) in nats: 0 at both collapses, at most ln K and ln of the images.
 *
 * @param said P, (B, K): a distribution for each image.
 * @param mask (B): 1 for an image, 0 for a row that does not count.
 */
export function information(said: tf.Tensor, mask: tf.Tensor): tf.Scalar {
  shapes("information", {said: [said, "B K"], mask: [mask, "B"]});
  const part = tf.div(mask, sum(mask)); // (B)
  const average = sum(tf.mul(said, tf.expandDims(part, 1)), [0]); // (K)
  return tf.sub(entropies(average), sum(tf.mul(entropies(said), part)));
}

const tiny = 1e-30; // 0 ln 0 is 0

/** H of the last axis: (…, K) → (…). */
const entropies = (p: tf.Tensor): tf.Tensor => tf.neg(sum(tf.mul(p, tf.log(tf.maximum(p, tiny))), [p.rank - 1]));

/**
 * What the teacher says of each image of a `view`, (B, K): the mean of P over its two global views, so that what they do not
 * agree upon tells less. By running statistics, at the teacher's last temperature.
 */
export function teacherOf(config: DinoConfig): (state: Tree, batch: Record<string, tf.Tensor>) => tf.Tensor {
  const model = projected(encoderOf(config), headOf(config) as Model);
  return (state, {first, second}) => {
    const {teacher, stats} = state as DinoState<never, never, never>;
    const said = [first, second].map((view) => {
      const [scores] = model.apply(teacher, view);
      return tf.softmax(tf.div(tf.sub(scores, stats.centre), config.teacherTemperature));
    });
    return mean(tf.stack(said), [0]);
  };
}
