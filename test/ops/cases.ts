import * as tf from "@tensorflow/tfjs";
import {rng} from "../../src/components/math/random.js";
import {adamUpdate} from "../../src/components/ops/adamUpdate.js";
import {batchNorm} from "../../src/components/ops/batchNorm.js";
import {conv2d} from "../../src/components/ops/conv2d.js";
import {combine} from "../../src/components/ops/combine.js";
import {emaUpdate} from "../../src/components/ops/emaUpdate.js";
import {matMul} from "../../src/components/ops/matMul.js";
import {mean, sum} from "../../src/components/ops/mean.js";
import {relu} from "../../src/components/ops/relu.js";
import {descend, descendWithMomentum} from "../../src/components/ops/sgdUpdate.js";
import {softmaxCrossEntropy} from "../../src/components/ops/softmaxCrossEntropy.js";

/** An op at work: shapes of what it is differentiated by, and a tensor that it gives. */
export type Case = {inputs: number[][]; run: (...inputs: tf.Tensor[]) => tf.Tensor};

const convolution = (x: number[], filter: number[], options: Parameters<typeof conv2d>[2]): Record<string, Case> => ({
  [`conv2d (${x}) * (${filter}) ${JSON.stringify(options)}`]: {
    inputs: [x, filter],
    run: (x, filter) => conv2d(x, filter, options)
  }
});

/** (I, K) × (K, J) in all transpositions. */
const product = (I: number, K: number, J: number, ...leading: number[]): Record<string, Case> =>
  Object.fromEntries(
    [false, true].flatMap((transposeA) =>
      [false, true].map((transposeB): [string, Case] => [
        `matMul ${transposeA ? "Aᵀ" : "A"}${transposeB ? "Bᵀ" : "B"}, (${[...leading, I]}) × ${K} × ${J}`,
        {
          inputs: [
            [...leading, ...(transposeA ? [K, I] : [I, K])],
            [...leading, ...(transposeB ? [J, K] : [K, J])]
          ],
          run: (a, b) => matMul(a, b, {transposeA, transposeB})
        }
      ])
    )
  );

const normal = (seed: number, ...shape: number[]) =>
  tf.tensor(rng(seed).normal(shape.reduce((product, n) => product * n, 1)), shape);

/** An update of three leaves, the second without decay; what it writes side by side, and no gradient. */
const update = (count: number, of: (lists: tf.Tensor[][], rate: tf.Scalar) => Record<string, tf.Tensor[]>): Case => ({
  inputs: [],
  run() {
    const shapes = [[3, 5], [7], [2, 2, 9]];
    const lists = Array.from({length: count}, (_, i) =>
      shapes.map((shape, leaf) =>
        i === 3 ? tf.square(normal(10 * i + leaf, ...shape)) : normal(10 * i + leaf, ...shape)
      )
    );
    const made = of(lists, tf.scalar(0.1));
    return tf.concat(Object.values(made).flatMap((list) => list.map((leaf) => tf.reshape(leaf, [-1]))));
  }
});
const decay = [0.1, 0, 0.1];

const three = (x: number[]): number[][] => [x, x.slice(-1), x.slice(-1)];

/**
 * Every op that has a kernel of its own on some backend, on shapes that are awkward for it: odd sizes, channels that no
 * vector of four divides, a batch of one, more workgroups than one axis of a dispatch holds.
 */
export const cases: Record<string, Case> = {
  ...convolution([2, 6, 5, 3], [3, 3, 3, 4], {padding: 1}),
  ...convolution([2, 6, 6, 4], [3, 3, 4, 5], {stride: 2, padding: 1}),
  ...convolution([1, 9, 11, 8], [3, 3, 8, 16], {padding: 1}),
  ...convolution([2, 8, 8, 16], [3, 3, 16, 12], {stride: 2, padding: 1}),
  ...convolution([2, 4, 4, 4], [1, 1, 4, 8], {stride: 2}),
  ...convolution([1, 7, 7, 2], [3, 3, 2, 3], {padding: 2, dilation: 2}),
  ...convolution([2, 9, 10, 4], [3, 2, 4, 4], {stride: 2, padding: 2, dilation: 2}),
  ...convolution([2, 5, 7, 6], [5, 3, 6, 7], {stride: 3, padding: 2}),
  ...convolution([1, 12, 17, 20], [1, 1, 20, 36], {}),
  "sum of all, whose gradient takes 65,626 workgroups": {inputs: [[4_200_001]], run: (x) => mean(tf.add(x, 1))},
  ...product(7, 3, 5),
  ...product(8, 12, 4),
  ...product(37, 20, 66),
  ...product(3, 4, 5, 2),
  ...product(12, 8, 20, 2, 3),
  ...product(1, 1, 1),
  relu: {inputs: [[3, 5, 7]], run: (x) => relu(x)},
  "combine": {inputs: [[3, 4], [3, 4]], run: (a, b) => combine(a, 0.9, b, -0.2)}, // prettier-ignore
  "mean over the image": {inputs: [[2, 3, 4, 5]], run: (x) => mean(x, [1, 2])},
  "mean over the batch and the image": {inputs: [[5, 3, 7, 8]], run: (x) => mean(x, [0, 1, 2])},
  "sum of all": {inputs: [[3, 5]], run: (x) => sum(x)},
  "sum of many": {inputs: [[70_001]], run: (x) => mean(tf.add(x, 0.5))},
  "sum of rows": {inputs: [[300, 7]], run: (x) => sum(x, [1])},
  "sum over the first and the last axis": {inputs: [[3, 4, 5]], run: (x) => sum(x, [0, 2])},
  batchNorm: {inputs: three([3, 4, 2, 5]), run: (x, weight, bias) => batchNorm(x, weight, bias, 1e-3)[0]},
  "batchNorm of rows": {inputs: three([130, 8]), run: (x, weight, bias) => batchNorm(x, weight, bias, 1e-3)[0]},
  "batchNorm far from 0": {
    inputs: three([2, 3, 3, 4]),
    run: (x, weight, bias) => batchNorm(tf.add(x, 30), weight, bias, 1e-3)[0]
  },
  "batchNorm, ReLU": {
    inputs: three([2, 5, 3, 12]),
    run: (x, weight, bias) => batchNorm(x, weight, bias, 1e-3, {relu: true})[0]
  },
  "batchNorm, sum, ReLU": {
    inputs: [...three([3, 5, 3, 6]), [3, 5, 3, 6]],
    run: (x, weight, bias, plus) => batchNorm(x, weight, bias, 1e-3, {relu: true, plus})[0]
  },
  descend: update(2, ([theta, g], rate) => descend({theta, g}, {rate}, {}, decay)),
  descendWithMomentum: update(3, ([theta, g, v], rate) =>
    descendWithMomentum({theta, g, v}, {rate}, {momentum: 0.9, nesterov: false}, decay)
  ),
  "descendWithMomentum, Nesterov": update(3, ([theta, g, v], rate) =>
    descendWithMomentum({theta, g, v}, {rate}, {momentum: 0.9, nesterov: true}, decay)
  ),
  ...Object.fromEntries(
    [false, true].map((decoupled): [string, Case] => [
      `adamUpdate, decoupled ${decoupled}`,
      update(4, ([theta, g, m, v], rate) => {
        const scalars = {rate, c1: tf.scalar(0.2), c2: tf.scalar(0.01)};
        return adamUpdate({theta, g, m, v}, scalars, {beta1: 0.9, beta2: 0.99, epsilon: 1e-8, decoupled}, decay);
      })
    ])
  ),
  emaUpdate: update(2, ([average, fresh], momentum) => emaUpdate({average, fresh}, {momentum}, {}, [0, 0, 0])),
  softmaxCrossEntropy: {inputs: [[4, 6]], run: (z) => softmaxCrossEntropy(z, tf.oneHot([0, 5, 2, 2], 6))},
  "softmaxCrossEntropy of many classes": {
    inputs: [[3, 203]],
    run: (z) => softmaxCrossEntropy(tf.mul(z, 5), tf.softmax(normal(9, 3, 203)))
  }
};

/** A case's value, then its gradient for each input along a random dy. */
export async function evaluate({inputs, run}: Case): Promise<Float32Array[]> {
  const stream = rng(1);
  const drawn = (shape: number[]) => tf.tensor(stream.normal(shape.reduce((a, b) => a * b, 1)), shape);
  const results = tf.tidy(() => {
    const given = inputs.map(drawn);
    const y = run(...given);
    return inputs.length ? [y, ...tf.grads(run)(given, drawn(y.shape))] : [y];
  });
  const numbers = await Promise.all(results.map(async (t) => Float32Array.from(await t.data())));
  tf.dispose(results);
  return numbers;
}

/** ‖a − b‖ / ‖b‖ in the largest norm. */
export function distance(a: Float32Array, b: Float32Array): number {
  let [off, largest] = [0, 0];
  for (let i = 0; i < b.length; ++i) {
    const gap = Math.abs(a[i] - b[i]);
    if (Number.isNaN(gap)) return NaN;
    off = Math.max(off, gap);
    largest = Math.max(largest, Math.abs(b[i]));
  }
  return off / largest;
}
