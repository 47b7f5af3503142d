import * as tf from "@tensorflow/tfjs";
import {rng} from "../components/math/random.js";
import {classes, vitOf, type Size} from "./size.js";

type Dense = {weight: tf.Variable; bias: tf.Variable};
type Norm = {gamma: tf.Variable; beta: tf.Variable};

/**
 * Steps of a vision transformer as tfjs alone makes them: its ops, its gradients, its Adam, on variables. The network is
 * ours: class token, learned positions, pre-norm blocks, exact GELU.
 *
 * @returns one step, which gives the loss.
 */
export function stockVit(size: Size, images: tf.Tensor4D, labels: tf.Tensor2D): () => tf.Scalar {
  const {patch, width, depth, heads, mlp} = vitOf(size);
  const [patches, batch] = [(size.side / patch) ** 2, size.batch];
  const [tokens, each] = [patches + 1, width / heads];
  const stream = rng(1);
  const drawn = (shape: number[], deviation: number) =>
    tf.variable(tf.tensor(stream.normal(shape.reduce((a, b) => a * b, 1), 0, deviation), shape)); // prettier-ignore
  const dense = (inputs: number, outputs: number): Dense => ({
    weight: drawn([inputs, outputs], 1 / Math.sqrt(inputs)),
    bias: tf.variable(tf.zeros([outputs]))
  });
  const norm = (): Norm => ({gamma: tf.variable(tf.ones([width])), beta: tf.variable(tf.zeros([width]))});
  const filter = drawn([patch, patch, 3, width], 1 / Math.sqrt(patch * patch * 3));
  const bias = tf.variable(tf.zeros([width]));
  const first = drawn([1, 1, width], 0.02);
  const positions = drawn([1, tokens, width], 0.02);
  const blocks = Array.from({length: depth}, () => ({
    ...{norm1: norm(), qkv: dense(width, 3 * width), proj: dense(width, width)},
    ...{norm2: norm(), fc1: dense(width, mlp), fc2: dense(mlp, width)}
  }));
  const [last, head] = [norm(), dense(width, classes)];

  const affine = (x: tf.Tensor, {weight, bias}: Dense) => {
    const rows = tf.matMul(tf.reshape(x, [-1, weight.shape[0]]), weight as never);
    return tf.reshape(tf.add(rows, bias), [...x.shape.slice(0, -1), weight.shape[1]!]);
  };
  const normalise = (x: tf.Tensor, {gamma, beta}: Norm) => {
    const {mean, variance} = tf.moments(x, -1, true);
    return tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-6))), gamma), beta);
  };
  const gelu = (x: tf.Tensor) => tf.mul(x, tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5));
  const attend = (x: tf.Tensor, {qkv, proj}: {qkv: Dense; proj: Dense}) => {
    const apart = tf.reshape(affine(x, qkv), [batch, tokens, 3, heads, each]);
    const [q, k, v] = tf.unstack(tf.transpose(apart, [2, 0, 3, 1, 4]));
    const weights = tf.softmax(tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(each)));
    return affine(tf.reshape(tf.transpose(tf.matMul(weights, v), [0, 2, 1, 3]), [batch, tokens, width]), proj);
  };
  const loss = (): tf.Scalar => {
    const embedded = tf.add(tf.conv2d(images, filter as never, patch, "valid"), bias);
    const begun = tf.add(tf.zeros([batch, 1, width]), first);
    let z: tf.Tensor = tf.add(tf.concat([begun, tf.reshape(embedded, [batch, patches, width])], 1), positions);
    for (const {norm1, norm2, fc1, fc2, ...heads} of blocks) {
      z = tf.add(z, attend(normalise(z, norm1), heads));
      z = tf.add(z, affine(gelu(affine(normalise(z, norm2), fc1)), fc2));
    }
    const answer = tf.reshape(tf.slice(normalise(z, last), [0, 0, 0], [batch, 1, width]), [batch, width]);
    return tf.losses.softmaxCrossEntropy(labels, affine(answer, head) as never);
  };
  const optimizer = tf.train.adam(1e-3);
  return () => tf.tidy(() => optimizer.minimize(loss, true)!);
}
