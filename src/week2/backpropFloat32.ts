import * as tf from "@tensorflow/tfjs";
import {matMul} from "../components/ops/matMul.js";
import {softmaxCrossEntropy} from "../components/ops/softmaxCrossEntropy.js";
import type {Parameters} from "./backprop/layers.js";

/** The gradient of the page's network by tfjs's own tape, in float32: mean cross-entropy after one tanh layer. */
export function networkGradient(params: Parameters, x: number[][], targets: number[][]): Record<string, tf.Tensor> {
  const names = ["first", "firstBias", "second", "secondBias"] as const;
  const loss = (...[w1, b1, w2, b2]: tf.Tensor[]) => {
    const h = tf.tanh(tf.add(matMul(tf.tensor2d(x), w1), b1));
    return tf.mean(softmaxCrossEntropy(tf.add(matMul(h, w2), b2), tf.tensor2d(targets))).asScalar();
  };
  const gradients = tf.grads(loss)(names.map((name) => tf.tensor(params[name])));
  return Object.fromEntries(names.map((name, i) => [name, tf.reshape(gradients[i], [-1])]));
}

/** micrograd's expression by tfjs, at (a, b): its value and its two derivatives. */
export function microgradGradient(a: number, b: number): {value: tf.Tensor; gradient: tf.Tensor} {
  const f = (x: tf.Tensor, y: tf.Tensor): tf.Scalar => {
    let c = tf.add(x, y);
    let d = tf.add(tf.mul(x, y), tf.pow(y, 3));
    c = tf.add(c, tf.add(c, 1));
    c = tf.add(c, tf.sub(tf.add(1, c), x));
    d = tf.add(d, tf.add(tf.mul(d, 2), tf.relu(tf.add(y, x))));
    d = tf.add(d, tf.add(tf.mul(3, d), tf.relu(tf.sub(y, x))));
    const square = tf.square(tf.sub(c, d));
    return tf.add(tf.div(square, 2), tf.div(10, square)).asScalar();
  };
  const at = [tf.scalar(a), tf.scalar(b)];
  return {value: f(at[0], at[1]), gradient: tf.stack(tf.grads(f as never)(at))};
}
