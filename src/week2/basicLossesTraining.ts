import * as tf from "@tensorflow/tfjs";
import {bce} from "../components/losses/bce.js";
import {crossEntropy} from "../components/losses/crossEntropy.js";
import {focal} from "../components/losses/focal.js";
import {huber} from "../components/losses/huber.js";
import {kl} from "../components/losses/kl.js";
import {mae} from "../components/losses/mae.js";
import {mse} from "../components/losses/mse.js";
import {rng} from "../components/math/random.js";
import {mlp} from "../components/models/mlp.js";
import {adam} from "../components/optimizers/adam.js";
import {valueAndGrad} from "../components/tensor/grad.js";
import {fourClouds, from, outlierPoints, posterior, rareClass, to} from "./basicLosses/problems.js";

/** What this page trains, in the worker: small networks, each with one loss. Arrays in, arrays out. */

type Point = [number, number];
export type Regression = "MSE" | "MAE" | "Huber";
export type Imbalanced = "BCE" | "CE" | "weighted CE" | "focal" | "weighted focal";
export type Noisy = "CE" | "label smoothing" | "KL";

/** Steps of Adam on all records at once: what the network says of `asked` afterwards, and the loss before every step. */
function descend(
  sizes: number[],
  x: tf.Tensor,
  lossOf: (outputs: tf.Tensor) => tf.Scalar,
  {seed, steps, rate, asked}: {seed: number; steps: number; rate: number; asked: tf.Tensor}
): {outputs: tf.Tensor; losses: tf.Tensor} {
  const [model, optimizer] = [mlp(sizes), adam()];
  const {params: first} = model.init(rng(seed).fork("weights"));
  let state = {params: first, moments: optimizer.init(first)};
  const losses: tf.Tensor[] = [];
  for (let step = 0; step < steps; ++step) {
    const eta = rate * Math.min(1, 2 - (2 * step) / steps); // the second half runs out
    const [next, loss] = tf.tidy((): [typeof state, tf.Tensor] => {
      const [loss, gradients] = valueAndGrad((p: typeof first) => [lossOf(model.apply(p, {}, x)[0]), {}])(state.params);
      const [params, moments] = optimizer.update(state.params, gradients, state.moments, tf.scalar(eta));
      return [{params, moments}, tf.reshape(loss, [])];
    });
    tf.dispose(state);
    state = next;
    losses.push(loss);
  }
  return {outputs: model.apply(state.params, {}, asked)[0], losses: tf.stack(losses)};
}

/** The curve that a network draws through points with outliers, at `grid` places from left to right. */
export function fitCurve({
  loss,
  share,
  delta,
  seed,
  steps,
  grid
}: {
  loss: Regression;
  share: number;
  delta: number;
  seed: number;
  steps: number;
  grid: number;
}) {
  // prettier-ignore
  const {x, t} = outlierPoints(seed, share);
  const column = (values: number[]) => tf.tensor2d(values, [values.length, 1]);
  const targets = column(t);
  const lossOf = {
    MSE: (y: tf.Tensor) => mse(y, targets),
    MAE: (y: tf.Tensor) => mae(y, targets),
    Huber: (y: tf.Tensor) => huber(y, targets, {delta})
  }[loss];
  const places = Array.from({length: grid}, (_, i) => from + ((to - from) * i) / (grid - 1));
  return descend([1, 32, 32, 1], column(x), lossOf, {seed, steps, rate: 0.01, asked: column(places)});
}

/** The points of a rare class among others, to learn from and to judge by. */
export const rareSplit = (seed: number, ratio: number) => ({
  train: rareClass(rng(seed).fork("train"), 30, ratio),
  test: rareClass(rng(seed).fork("test"), 200, ratio)
});

/** The scores of the test points, ln of the odds that the network gives the rare class. */
export function fitRare({
  loss,
  ratio,
  gamma,
  alpha,
  seed,
  steps
}: {
  loss: Imbalanced;
  ratio: number;
  gamma: number;
  alpha: number;
  seed: number;
  steps: number;
}) {
  // prettier-ignore
  const {train, test} = rareSplit(seed, ratio);
  const labels = tf.tensor1d(train.labels, "int32");
  const answers = tf.tensor2d(train.labels, [train.labels.length, 1]);
  const weights = [1 - alpha, alpha];
  const lossOf = {
    BCE: (z: tf.Tensor) => bce(z, answers),
    CE: (z: tf.Tensor) => crossEntropy(z, labels),
    "weighted CE": (z: tf.Tensor) => focal(z, labels, {gamma: 0, weights}),
    focal: (z: tf.Tensor) => focal(z, labels, {gamma}),
    "weighted focal": (z: tf.Tensor) => focal(z, labels, {gamma, weights})
  }[loss];
  const sizes = [2, 16, 16, loss === "BCE" ? 1 : 2];
  const {outputs, losses} = descend(sizes, plane(train.points), lossOf, {seed, steps, rate: 0.01, asked: plane(test.points)}); // prettier-ignore
  if (loss === "BCE") return {losses, scores: tf.reshape(outputs, [-1])};
  const [no, yes] = tf.split(outputs, 2, 1);
  return {losses, scores: tf.reshape(tf.sub(yes, no), [-1])};
}

/** Four clouds with wrong labels to learn from, and clean ones to judge by. */
export const noisySplit = (seed: number, noise: number) => ({
  train: fourClouds(rng(seed).fork("train"), 400, noise),
  test: fourClouds(rng(seed).fork("test"), 4000, 0)
});

/** Logits (N, 4) of the clean test points. KL learns from the true probabilities, the others from the labels. */
export function fitNoisy({
  loss,
  noise,
  epsilon,
  seed,
  steps
}: {
  loss: Noisy;
  noise: number;
  epsilon: number;
  seed: number;
  steps: number;
}) {
  // prettier-ignore
  const {train, test} = noisySplit(seed, noise);
  const labels = tf.tensor1d(train.labels, "int32");
  const soft = tf.tensor2d(train.points.map(posterior));
  const lossOf = {
    CE: (z: tf.Tensor) => crossEntropy(z, labels),
    "label smoothing": (z: tf.Tensor) => crossEntropy(z, labels, {smoothing: epsilon}),
    KL: (z: tf.Tensor) => kl(z, soft)
  }[loss];
  return descend([2, 64, 64, 4], plane(train.points), lossOf, {seed, steps, rate: 0.01, asked: plane(test.points)});
}

const plane = (points: Point[]) => tf.tensor2d(points);

/** The library's losses and gradients at given points, for the page's float64 formulas to be compared with. */
export function library(z: number[], label: number, {epsilon, gamma}: {epsilon: number; gamma: number}) {
  const labels = tf.tensor1d([label], "int32");
  const at = (f: (z: tf.Tensor) => tf.Scalar) => ({value: f(tf.tensor2d([z])), gradient: tf.grad(f)(tf.tensor2d([z]))});
  return {
    smoothed: at((x) => crossEntropy(x, labels, {smoothing: epsilon})),
    focal: at((x) => focal(x, labels, {gamma})),
    huber: at((x) => huber(x, tf.zerosLike(x), {delta: 1}))
  };
}
