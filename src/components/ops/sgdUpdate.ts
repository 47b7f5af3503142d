import * as tf from "@tensorflow/tfjs";
import {defineUpdate} from "./update.js";

type Options = {momentum: number; nesterov: boolean};

/** One step of `sgd` without momentum: θ and g of each leaf, the rate η. */
export const descend = defineUpdate<Record<string, never>>({
  name: "DescentUpdate",
  reads: ["theta", "g"],
  writes: ["theta"],
  scalars: ["rate"],
  plain({theta, g, rate}, {decay}) {
    const slope = decay ? tf.add(g, tf.mul(theta, decay)) : g; // g ← g + λ θ
    return {theta: tf.sub(theta, tf.mul(slope, rate))}; // θ ← θ − η g
  },
  shader: () => "let new_theta = theta - rate * (g + decay * theta);"
});

/** One step of `sgd` with momentum: θ, g and the velocity v of each leaf, the rate η. */
export const descendWithMomentum = defineUpdate<Options>({
  name: "MomentumUpdate",
  reads: ["theta", "g", "v"],
  writes: ["theta", "v"],
  scalars: ["rate"],
  plain({theta, g, v, rate}, {momentum, nesterov, decay}) {
    const slope = decay ? tf.add(g, tf.mul(theta, decay)) : g; // g ← g + λ θ
    const velocity = tf.add(tf.mul(v, momentum), slope); // v ← μ v + g
    const direction = nesterov ? tf.add(slope, tf.mul(velocity, momentum)) : velocity;
    return {theta: tf.sub(theta, tf.mul(direction, rate)), v: velocity}; // θ ← θ − η v
  },
  shader: ({momentum, nesterov}) => `let slope = g + decay * theta;
  let new_v = ${momentum} * v + slope;
  let new_theta = theta - rate * ${nesterov ? `(slope + ${momentum} * new_v)` : "new_v"};`
});
