import * as tf from "@tensorflow/tfjs";
import {defineUpdate} from "./update.js";

/** One step of `rmsprop`: θ, g and the running mean square s of each leaf, the rate η. */
export const rmspropUpdate = defineUpdate<{rho: number; epsilon: number}>({
  name: "RmspropUpdate",
  reads: ["theta", "g", "s"],
  writes: ["theta", "s"],
  scalars: ["rate"],
  plain({theta, g, s, rate}, {rho, epsilon, decay}) {
    const slope = decay ? tf.add(g, tf.mul(theta, decay)) : g; // g ← g + λ θ
    const square = tf.add(tf.mul(s, rho), tf.mul(tf.square(slope), 1 - rho)); // s ← ρ s + (1 − ρ) g²
    const direction = tf.div(slope, tf.add(tf.sqrt(square), epsilon));
    return {theta: tf.sub(theta, tf.mul(direction, rate)), s: square}; // θ ← θ − η g / (√s + ε)
  },
  shader: ({rho, epsilon}) => `let slope = g + decay * theta;
  let new_s = ${rho} * s + ${1 - rho} * slope * slope;
  let new_theta = theta - rate * slope / (sqrt(new_s) + ${epsilon});`
});
