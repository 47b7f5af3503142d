import * as tf from "@tensorflow/tfjs";
import type {Differentiate} from "../../components/optimizers/sam.js";
import {valueAndGrad, type Auxiliary} from "../../components/tensor/grad.js";
import {map, type Tree} from "../../components/tensor/tree.js";
import type {Task} from "../../components/train/task.js";
import type {ResnetConfig} from "../resnetConfig.js";
import resnetTask from "../resnetTask.js";

export {data} from "../resnetTask.js";

/**
 * A loss's gradient in which that of every filter has a length proportional to the filter's own, so that one rate turns all
 * layers by the same angle. The trust ratio of LARS, You et al. 2017, without the rest of it.
 *
 *   g ← trust ‖w‖ g / ‖g‖   for the filters w; the gradients of all else stay as they are
 */
export function equalSteps(trust: number, differentiate: Differentiate = valueAndGrad): Differentiate {
  return <P extends Tree, A extends Auxiliary>(f: (params: P) => [loss: tf.Scalar, aux: A]) => {
    const gradient = differentiate(f);
    return (params: P): [loss: tf.Scalar, grads: P, aux: A] => {
      const [loss, grads, aux] = gradient(params);
      const scaled = (w: tf.Tensor, g: tf.Tensor) =>
        w.rank === 4 ? tf.mul(g, tf.div(tf.mul(trust, tf.norm(w)), tf.maximum(tf.norm(g), 1e-12))) : g;
      return [loss, map(scaled, params, grads), aux];
    };
  };
}

/** The page's task by such gradients. */
export default (asked: Partial<ResnetConfig>): Task => resnetTask(asked, equalSteps(0.1));
