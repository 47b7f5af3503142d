import * as tf from "@tensorflow/tfjs";
import {defineUpdate} from "./update.js";

type Options = {beta1: number; beta2: number; epsilon: number; decoupled: boolean};

/**
 * One step of `adam`, or of `adamw` where decay is decoupled: θ, g and the moments m and v of each leaf; the rate η, and
 * c₁ = 1 − β₁ᵗ and c₂ = 1 − β₂ᵗ of the step that is made.
 */
export const adamUpdate = defineUpdate<Options>({
  name: "AdamUpdate",
  reads: ["theta", "g", "m", "v"],
  writes: ["theta", "m", "v"],
  scalars: ["rate", "c1", "c2"],
  plain({theta, g, m, v, rate, c1, c2}, {beta1, beta2, epsilon, decoupled, decay}) {
    const blend = (old: tf.Tensor, fresh: tf.Tensor, beta: number) =>
      tf.add(tf.mul(old, beta), tf.mul(fresh, 1 - beta));
    const decayed = (x: tf.Tensor, applies: boolean) => (decay && applies ? tf.add(x, tf.mul(theta, decay)) : x);
    const slope = decayed(g, !decoupled); // Adam: g ← g + λ θ
    const first = blend(m, slope, beta1); // m ← β₁ m + (1 − β₁) g
    const second = blend(v, tf.square(slope), beta2); // v ← β₂ v + (1 − β₂) g²
    const direction = tf.div(tf.div(first, c1), tf.add(tf.sqrt(tf.div(second, c2)), epsilon)); // m̂ / (√v̂ + ε)
    const moved = tf.sub(theta, tf.mul(decayed(direction, decoupled), rate)); // θ ← θ − η (…), AdamW: … + λ θ
    return {theta: moved, m: first, v: second};
  },
  shader: ({beta1, beta2, epsilon, decoupled}) => `let slope = g${decoupled ? "" : " + decay * theta"};
  let new_m = ${beta1} * m + ${1 - beta1} * slope;
  let new_v = ${beta2} * v + ${1 - beta2} * slope * slope;
  let direction = (new_m / c1) / (sqrt(new_v / c2) + ${epsilon});
  let new_theta = theta - rate * (direction${decoupled ? " + decay * theta" : ""});`
});
