import * as tf from "@tensorflow/tfjs";
import {gelu} from "../components/ops/gelu.js";
import {softmaxCrossEntropy} from "../components/ops/softmaxCrossEntropy.js";

/** Where the derivatives are taken: five points, logits with a target, a matrix and a vector. */
export interface Points {
  x: number[];
  z: number[];
  y: number[];
  A: number[][];
}

/** What tfjs finds by its own reverse mode, in float32, for the functions of the page of matrix calculus. */
export function gradients({x, z, y, A}: Points): Record<string, tf.Tensor> {
  const at = tf.tensor1d(x);
  const each = (f: (x: tf.Tensor) => tf.Tensor) => tf.grad(f)(at); // of Σ f(xᵢ): the slope at each point
  const matrix = tf.tensor2d(A);
  const form = (v: tf.Tensor) => tf.sum(tf.mul(v, tf.reshape(tf.matMul(matrix, tf.reshape(v, [-1, 1])), [-1])));
  const logits = tf.tensor2d([z]);
  const loss = (z: tf.Tensor) => tf.sum(softmaxCrossEntropy(z, tf.tensor2d([y])));
  return {
    sigmoid: each(tf.sigmoid),
    tanh: each(tf.tanh),
    GELU: each(gelu),
    "cross-entropy": tf.reshape(tf.grad(loss)(logits), [-1]),
    "log-sum-exp": tf.reshape(tf.grad((z) => tf.sum(tf.logSumExp(z, -1)))(logits), [-1]),
    xᵀAx: tf.grad(form)(tf.tensor1d(x.slice(0, A.length)))
  };
}
