import * as tf from "@tensorflow/tfjs";
import {defineOp} from "./op.js";
import {elementwise} from "./webgpu/elementwise.js";

/** Φ(x) = (1 + erf(x / √2)) / 2, the distribution function of N(0, 1). */
const cumulative = (x: tf.Tensor) => tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);

/** Φ in WGSL, with tfjs's erf: Abramowitz & Stegun 1964, 7.1.26. */
const cumulativeShader = `fn cumulative(x: V) -> V {
  let z = abs(x) * ${Math.SQRT1_2};
  let t = 1.0 / (1.0 + 0.3275911 * z);
  let tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * exp(-z * z);
  return 0.5 * (1.0 + sign(x) * (1.0 - tail));
}`;

const backward = defineOp({
  name: "GeluGradient",
  plain({dy, x}: {dy: tf.Tensor; x: tf.Tensor}): tf.Tensor {
    const density = tf.mul(tf.exp(tf.mul(tf.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
    return tf.mul(dy, tf.add(cumulative(x), tf.mul(x, density)));
  },
  variants: {
    webgpu({dy, x}) {
      const slope = `dy * (cumulative(x) + x * exp(-0.5 * x * x) * ${1 / Math.sqrt(2 * Math.PI)})`;
      return elementwise("gelu gradient", ["dy", "x"], slope, cumulativeShader)([dy, x]);
    }
  }
});

const forward = defineOp({
  name: "Gelu",
  plain: ({x}: {x: tf.Tensor}): tf.Tensor => tf.mul(x, cumulative(x)),
  variants: {webgpu: ({x}) => elementwise("gelu", ["x"], "x * cumulative(x)", cumulativeShader)([x])},
  gradient: {inputs: ["x"], rule: (dy, {x}) => ({x: () => backward({dy, x}, {})})}
});

/**
 * Gaussian error linear unit, the exact one and not its tanh approximation. Hendrycks & Gimpel 2016, section 2.
 *
 *   y = x Φ(x),   y' = Φ(x) + x φ(x),   Φ and φ the distribution and the density of N(0, 1)
 *
 * x for large x, 0 for large −x; the least value is −0.17, at x = −0.75. tfjs computes erf to 1.5 · 10⁻⁷.
 */
export function gelu<T extends tf.Tensor>(x: T): T {
  return forward({x}, {}) as T;
}
