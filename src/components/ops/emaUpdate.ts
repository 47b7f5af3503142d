import * as tf from "@tensorflow/tfjs";
import {defineUpdate} from "./update.js";

/** One step of a moving average: average ← m · average + (1 − m) · fresh, the momentum m a scalar. */
export const emaUpdate = defineUpdate<Record<string, never>>({
  name: "EmaUpdate",
  reads: ["average", "fresh"],
  writes: ["average"],
  scalars: ["momentum"],
  plain: ({average, fresh, momentum}) => ({
    average: tf.add(tf.mul(average, momentum), tf.mul(fresh, tf.sub(1, momentum)))
  }),
  shader: () => "let new_average = momentum * average + (1.0 - momentum) * fresh;"
});
