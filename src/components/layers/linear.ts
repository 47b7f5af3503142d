import * as tf from "@tensorflow/tfjs";
import type {Rng} from "../math/random.js";
import {matMul} from "../ops/matMul.js";
import {shapes} from "../tensor/shape.js";
import {kaimingNormal, type Init} from "./init.js";

/** `weight` (I, O) and, where there is one, `bias` (O). */
export type LinearParams = {weight: tf.Tensor} | {weight: tf.Tensor; bias: tf.Tensor};

/** Affine map of the last axis, y = x W + b: (…, I) → (…, O). */
export function linear(inputs: number, outputs: number, {bias = true, weight = kaimingNormal as Init} = {}) {
  return {
    /** The weight drawn by `weight`, He-normal unless told (He et al. 2015, eq. 10), and a zero bias. */
    init(rng: Rng): LinearParams {
      const drawn = weight(rng, [inputs, outputs]);
      return bias ? {weight: drawn, bias: tf.zeros([outputs])} : {weight: drawn};
    },
    /** @throws RangeError if x's last axis is not I. */
    apply(params: LinearParams, x: tf.Tensor): tf.Tensor {
      shapes("linear", {x: [x, `… ${inputs}`]});
      const rows = tf.reshape(x, [-1, inputs]); // tfjs has no gradient for a 3-D × 2-D matMul
      const y = matMul(rows, params.weight);
      return tf.reshape("bias" in params ? tf.add(y, params.bias) : y, [...x.shape.slice(0, -1), outputs]);
    }
  };
}
