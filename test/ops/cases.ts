import * as tf from "@tensorflow/tfjs";
import {rng} from "../../src/components/math/random.js";
import {adamUpdate} from "../../src/components/ops/adamUpdate.js";
import {attention, causalMask} from "../../src/components/ops/attention.js";
import {batchNorm} from "../../src/components/ops/batchNorm.js";
import {conv2d} from "../../src/components/ops/conv2d.js";
import {depthwiseConv2d} from "../../src/components/ops/depthwiseConv2d.js";
import {combine} from "../../src/components/ops/combine.js";
import {dropout} from "../../src/components/ops/dropout.js";
import {emaUpdate} from "../../src/components/ops/emaUpdate.js";
import {gather} from "../../src/components/ops/gather.js";
import {gelu} from "../../src/components/ops/gelu.js";
import {longAttention} from "../../src/components/ops/longAttention.js";
import {matMul} from "../../src/components/ops/matMul.js";
import {mean, sum} from "../../src/components/ops/mean.js";
import {avgPool, maxPool} from "../../src/components/ops/pool.js";
import {relu} from "../../src/components/ops/relu.js";
import {resize} from "../../src/components/ops/resize.js";
import {rmspropUpdate} from "../../src/components/ops/rmspropUpdate.js";
import {descend, descendWithMomentum} from "../../src/components/ops/sgdUpdate.js";
import {silu} from "../../src/components/ops/silu.js";
import {standardise} from "../../src/components/ops/standardise.js";
import {softmaxCrossEntropy} from "../../src/components/ops/softmaxCrossEntropy.js";

/** An op at work: shapes of what it is differentiated by, and a tensor that it gives. */
export type Case = {inputs: number[][]; run: (...inputs: tf.Tensor[]) => tf.Tensor};

const convolution = (x: number[], filter: number[], options: Parameters<typeof conv2d>[2]): Record<string, Case> => ({
  [`conv2d (${x}) * (${filter}) ${JSON.stringify(options)}`]: {
    inputs: [x, filter],
    run: (x, filter) => conv2d(x, filter, options)
  }
});

const channelwise = (x: number[], [h, w]: number[], options: Parameters<typeof depthwiseConv2d>[2]) => ({
  [`depthwiseConv2d (${x}) * (${[h, w]}) ${JSON.stringify(options)}`]: {
    inputs: [x, [h, w, 1, x[3]]],
    run: (x: tf.Tensor, filter: tf.Tensor) => depthwiseConv2d(x, filter, options)
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

const pooled = (x: number[], options: {size: number; stride?: number; padding?: number}): Record<string, Case> => ({
  [`maxPool (${x}) ${JSON.stringify(options)}`]: {inputs: [x], run: (x) => maxPool(x, options)},
  [`maxPool of equals (${x}) ${JSON.stringify(options)}`]: {inputs: [x], run: (x) => maxPool(relu(x), options)},
  [`avgPool (${x}) ${JSON.stringify(options)}`]: {inputs: [x], run: (x) => avgPool(x, options)}
});

/** Half of the numbers kept, and doubled. */
const half = (seed: number, ...shape: number[]) => tf.mul(tf.cast(tf.greater(normal(seed, ...shape), 0), "float32"), 2);

const dropping = (x: number[], mask: number[]): Record<string, Case> => ({
  [`dropout (${x}) by (${mask})`]: {inputs: [x], run: (x) => dropout(x, half(3, ...mask))},
  [`a sum with dropout (${x}) by (${mask})`]: {inputs: [x, x], run: (x, c) => dropout(x, half(3, ...mask), c)}
});

const many = 4_200_001; // numbers, one to an invocation: 65,626 workgroups

const resized = (x: number[], height: number, width: number): Record<string, Case> => ({
  [`resize (${x}) to ${height} × ${width}`]: {inputs: [x], run: (x) => resize(x, height, width)}
});

const grouped = (name: string, x: number[], options: {groups: number; centred: boolean}): Record<string, Case> => ({
  [`${name} (${x})`]: {
    inputs: three(x).slice(0, options.centred ? 3 : 2),
    run: (x, weight, bias) => standardise(tf.add(x, 2), weight, bias ?? null, {...options, epsilon: 1e-5})
  }
});

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
  ...convolution([2, 7, 6, 3], [3, 3, 3, 16], {stride: 2, padding: 1}),
  ...convolution([2, 17, 16, 3], [3, 3, 3, 4], {padding: 1}),
  ...channelwise([2, 6, 5, 3], [3, 3], {padding: 1}),
  ...channelwise([2, 8, 8, 16], [7, 7], {padding: 3}),
  ...channelwise([1, 9, 8, 5], [5, 3], {stride: 2, padding: 2}),
  ...channelwise([3, 6, 6, 4], [3, 3], {stride: 3}),
  "sum of all, whose gradient takes 65,626 workgroups": {inputs: [[many]], run: (x) => mean(tf.add(x, 1))},
  "relu in 65,626 workgroups": {inputs: [[many]], run: (x) => relu(x)},
  "dropout in 65,626 workgroups": {inputs: [[many]], run: (x) => dropout(x, tf.scalar(3))},
  "matMul in 65,537 workgroups": {inputs: [[65_537, 1, 1]], run: (a) => matMul(a, normal(4, 65_537, 1, 1))},
  ...dropping([3, 5, 7], [3, 5, 7]),
  ...dropping([2, 3, 4, 8], [2, 1, 1, 8]),
  ...dropping([3, 2, 8], [3, 1, 1]),
  ...dropping([2, 3, 4, 5], [4, 1]),
  ...product(7, 3, 5),
  ...product(8, 12, 4),
  ...product(37, 20, 66),
  ...product(3, 4, 5, 2),
  ...product(12, 8, 20, 2, 3),
  ...product(1, 1, 1),
  ...product(3, 600, 5),
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
  gelu: {inputs: [[3, 41]], run: (x) => gelu(tf.mul(x, 3))},
  "gelu of a multiple of four": {inputs: [[3, 40]], run: (x) => gelu(x)},
  silu: {inputs: [[3, 41]], run: (x) => silu(tf.mul(x, 3))},
  "gather, some rows twice": {
    inputs: [[7, 5]],
    run: (table) => gather(table, tf.tensor([[1, 1, 6], [0, 3, 1]], [2, 3], "int32")) // prettier-ignore
  },
  "gather rows of eight": {inputs: [[4, 8]], run: (table) => gather(table, tf.tensor1d([3, 0, 3], "int32"))},
  attention: {inputs: [[2, 3, 4], [2, 5, 4], [2, 5, 6]], run: (q, k, v) => attention(q, k, v)[0]}, // prettier-ignore
  "attention, its weights": {inputs: [[2, 3, 4], [2, 70, 4]], run: (q, k) => attention(q, k, k)[1]}, // prettier-ignore
  "attention, causal": {
    inputs: [[2, 2, 9, 4], [2, 2, 9, 4], [2, 2, 9, 4]], // prettier-ignore
    run: (q, k, v) => attention(q, k, v, {mask: causalMask(9)})[0]
  },
  "attention, a mask for each image": {
    inputs: [[2, 2, 4, 3], [2, 2, 5, 3], [2, 2, 5, 3]], // prettier-ignore
    run: (q, k, v) => attention(q, k, v, {mask: tf.tensor([1, 1, 1, 0, 1, 1, 0, 1, 1, 0], [2, 1, 1, 5])})[0]
  },
  "long attention": {inputs: [[2, 3, 4], [2, 70, 4], [2, 70, 6]], run: (q, k, v) => longAttention(q, k, v)}, // prettier-ignore
  "long attention, one image, 67 queries": {inputs: [[67, 5], [3, 5], [3, 8]], run: (q, k, v) => longAttention(q, k, v)}, // prettier-ignore
  "long attention, causal": {
    inputs: [[2, 2, 9, 4], [2, 2, 9, 4], [2, 2, 9, 4]], // prettier-ignore
    run: (q, k, v) => longAttention(tf.mul(q, 5), k, v, {mask: causalMask(9)})
  },
  "long attention, a mask for each image": {
    inputs: [[2, 2, 4, 3], [2, 2, 5, 3], [2, 2, 5, 3]], // prettier-ignore
    run: (q, k, v) => longAttention(q, k, v, {mask: tf.tensor([1, 1, 1, 0, 1, 0, 0, 1, 1, 0], [2, 1, 1, 5])})
  },
  ...pooled([2, 6, 8, 4], {size: 2}),
  ...pooled([1, 7, 9, 3], {size: 3, stride: 2, padding: 1}),
  ...pooled([2, 5, 5, 8], {size: 3, stride: 1, padding: 1}),
  ...pooled([1, 8, 7, 5], {size: 2, stride: 3}),
  ...resized([2, 4, 5, 3], 8, 10),
  ...resized([1, 9, 7, 4], 4, 3),
  ...resized([2, 3, 3, 1], 7, 2),
  ...resized([1, 1, 4, 2], 3, 4),
  ...grouped("layer norm", [7, 1, 12], {groups: 1, centred: true}),
  ...grouped("layer norm of long rows", [3, 1, 130], {groups: 1, centred: true}),
  ...grouped("group norm", [2, 15, 6], {groups: 3, centred: true}),
  ...grouped("group norm of large images", [1, 63, 8], {groups: 2, centred: true}),
  ...grouped("RMS norm", [70, 1, 5], {groups: 1, centred: false}),
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
  rmspropUpdate: update(4, ([theta, g, , s], rate) =>
    rmspropUpdate({theta, g, s}, {rate}, {rho: 0.9, epsilon: 1e-8}, decay)
  ),
  emaUpdate: update(2, ([average, fresh], momentum) => emaUpdate({average, fresh}, {momentum}, {}, [0, 0, 0])),
  softmaxCrossEntropy: {inputs: [[4, 6]], run: (z) => softmaxCrossEntropy(z, tf.oneHot([0, 5, 2, 2], 6))},
  "softmaxCrossEntropy of many classes": {
    inputs: [[3, 203]],
    run: (z) => softmaxCrossEntropy(tf.mul(z, 5), tf.softmax(normal(9, 3, 203)))
  }
};

/**
 * Those that matrix products by tiles are tried on, in all transpositions and both gradients: several tiles and parts of
 * one, shared-out depths (600 products; the filter's gradient over 544 pixels), strides whose phases skip taps.
 */
export const tiledCases = Object.keys(cases).filter((name) =>
  [
    "matMul AB, (37)",
    "matMul AᵀBᵀ, (37)",
    "matMul ABᵀ, (2,3,12)",
    "matMul AB, (3) × 600",
    "conv2d (2,17,16,3)",
    "conv2d (2,7,6,3)",
    "conv2d (2,9,10,4)",
    "conv2d (2,5,7,6)",
    "conv2d (1,12,17,20)"
  ].some((beginning) => name.startsWith(beginning))
);

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
