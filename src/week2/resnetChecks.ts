import * as tf from "@tensorflow/tfjs";
import type {Records} from "../components/data/records.js";
import {crossEntropy} from "../components/losses/crossEntropy.js";
import {rng} from "../components/math/random.js";
import {fans} from "../components/layers/init.js";
import {batchNorm} from "../components/ops/batchNorm.js";
import {conv2d} from "../components/ops/conv2d.js";
import {mean} from "../components/ops/mean.js";
import {entries, fromEntries, mapAt, size, type Tree} from "../components/tensor/tree.js";
import {upload} from "../components/train/arrays.js";
import type {Block} from "../components/train/task.js";
import type {Grid, Window} from "./convolution.js";
import {validated, type ResnetConfig} from "./resnetConfig.js";
import resnetTask, {network} from "./resnetTask.js";

/** What this page asks of the library, in the worker: arrays in, arrays out. */

type Config = Partial<ResnetConfig>;
export type State = Record<string, Block>;

const everyRow = (records: Records) => Uint32Array.from({length: records.count}, (_, i) => i);

const batchOf = (config: Config, records: Records) =>
  upload(resnetTask(config).view(records, everyRow(records), records.count));

const tree = (state: State): Tree =>
  fromEntries(Object.entries(state).map(([path, {data, shape}]) => [path, tf.tensor(data, shape)]));

const fresh = (config: Config, seed: number) => network(validated(config)).init(rng(seed));

/** The number of scalars among the network's parameters. */
export const parameterCount = (config: Config): number => size(fresh(config, 1).params);

/** Cross-entropy of a network that has not learnt anything, in nats, normalised by the batch. */
export function firstLoss(config: Config, records: Records, seed: number): tf.Tensor {
  const {images, labels} = batchOf(config, records);
  const {params, stats} = fresh(config, seed);
  const [logits] = network(validated(config)).apply(params, stats, images, {training: true});
  return crossEntropy(logits, labels);
}

/** The root mean square of every filter's weights and what √(2 / fan out) says it should be. */
export function filterScales(
  config: Config,
  seed: number
): {path: string; expected: number; count: number; got: tf.Tensor}[] {
  return entries(fresh(config, seed).params)
    .filter(([, leaf]) => leaf.rank === 4)
    .map(([path, leaf]) => ({
      path,
      expected: Math.sqrt(2 / fans(leaf.shape).out),
      count: leaf.size,
      got: tf.sqrt(mean(tf.square(leaf), [0, 1, 2, 3]))
    }));
}

/**
 * Full-batch steps on the given images as they are, without augmentation.
 *
 * @param state of an earlier call, or null for a fresh network.
 * @returns the state after them, and loss and accuracy before each one.
 */
export function descend(
  config: Config,
  records: Records,
  {seed, steps, rate, state}: {seed: number; steps: number; rate: number; state: State | null}
): {state: Record<string, tf.Tensor>; loss: tf.Tensor; accuracy: tf.Tensor} {
  const task = resnetTask(config);
  const batch = batchOf(config, records);
  let now = state ? tree(state) : task.init(rng(seed));
  const metrics: Record<string, tf.Scalar>[] = [];
  for (let step = 0; step < steps; ++step)
    [now, metrics[step]] = tf.tidy(() => task.step(now, batch, tf.scalar(rate)) as [Tree, Record<string, tf.Scalar>]);
  const over = (name: string) => tf.stack(metrics.map((each) => tf.reshape(each[name], [])));
  return {state: Object.fromEntries(entries(now)), loss: over("loss"), accuracy: over("accuracy")};
}

/** Logits in evaluation mode, (N, K), of a fresh network or of a state. */
export function logits(
  config: Config,
  records: Records,
  {seed, state}: {seed: number; state: State | null}
): tf.Tensor {
  const task = resnetTask(config);
  return task.predict(state ? tree(state) : task.init(rng(seed)), batchOf(config, records));
}

/** The library's convolution with its two gradients for a given dy. */
export function convolution(x: Grid, w: Grid, dy: Grid, window: Window): Record<"y" | "dx" | "dw", tf.Tensor> {
  const [input, filter, arriving] = [x, w, dy].map(({data, shape}) => tf.tensor(Float32Array.from(data), shape));
  const [dx, dw] = tf.grads((a, b) => conv2d(a, b, window))([input, filter], arriving);
  return {y: conv2d(input, filter, window), dx, dw};
}

/** The library's gradient of batch normalisation for one channel. */
export function normalisation(x: number[], dy: number[], gamma: number): tf.Tensor {
  const column = (values: number[]) => tf.tensor2d(values, [values.length, 1]);
  return tf.grad((v) => batchNorm(v, tf.tensor1d([gamma]), tf.tensor1d([0]), 1e-5)[0])(column(x), column(dy));
}

/** The library's gradient of the smoothed cross-entropy of one row. */
export const smoothing = (z: number[], label: number, epsilon: number): tf.Tensor =>
  tf.grad((v) => crossEntropy(v, tf.tensor1d([label], "int32"), {smoothing: epsilon}))(tf.tensor2d([z]));

const chunk = 50; // images in a forward pass: what it makes is held until it ends

/** The network with a checkpoint's weights, in evaluation mode. */
function trained(config: Config, weights: State) {
  const model = network(validated(config));
  const {params, stats} = model.init(rng(1));
  const put = <T extends Tree>(form: T) => mapAt((path) => tf.tensor(weights[path].data, weights[path].shape), form);
  const [p, s] = [put(params), put(stats)];
  return (images: tf.Tensor) => model.apply(p, s, images);
}

/** Logits (N, K) of the images and of their mirror images. */
export function bothWays(config: Config, weights: State, records: Records): Record<"seen" | "mirrored", tf.Tensor> {
  const network = trained(config, weights);
  const {images} = batchOf(config, records);
  const parts = Array.from({length: Math.ceil(records.count / chunk)}, (_, i) => i * chunk);
  const logits = (flip: boolean) => {
    const some = parts.map((start) =>
      tf.tidy(() => {
        const size = [Math.min(chunk, records.count - start), ...images.shape.slice(1)];
        const seen = tf.slice(images, [start, 0, 0, 0], size);
        return network(flip ? tf.reverse(seen, 2) : seen)[0];
      })
    );
    return tf.concat(some);
  };
  return {seen: logits(false), mirrored: logits(true)};
}

/** Root mean squares, over images, places and channels, of what each block adds up: its branch F(x) and its shortcut. */
export function branchScales(config: Config, weights: State, records: Records): Record<string, tf.Tensor> {
  const [, , aux] = trained(config, weights)(batchOf(config, records).images);
  const parts = Object.entries(aux).filter(([name]) => /\.(residual|shortcut)$/.test(name));
  return Object.fromEntries(parts.map(([name, value]) => [name, tf.sqrt(mean(tf.square(value), [0, 1, 2, 3]))]));
}
