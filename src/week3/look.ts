import * as tf from "@tensorflow/tfjs";
import {normalise} from "../components/data/augment.js";
import type {Records} from "../components/data/records.js";
import {effectiveRank} from "../components/evaluate/effectiveRank.js";
import {knn} from "../components/evaluate/knn.js";
import {labelEfficiency, type LabelPoint} from "../components/evaluate/labelEfficiency.js";
import {linearProbe} from "../components/evaluate/linearProbe.js";
import {nearest} from "../components/evaluate/nearest.js";
import {plainProducts, type Products} from "../components/evaluate/products.js";
import {normalised, span, type Rows} from "../components/evaluate/rows.js";
import {tsne} from "../components/evaluate/tsne.js";
import {matMul} from "../components/ops/matMul.js";
import {mapAt, type Tree} from "../components/tensor/tree.js";
import {upload} from "../components/train/arrays.js";
import {begin} from "../components/train/begin.js";
import type {Block, Task} from "../components/train/task.js";
import {tick} from "../components/train/tick.js";
import {isTrained, torchName} from "../components/train/torchLayout.js";

/** What the pages of self-supervised learning ask of features, in the worker: arrays in, arrays out. */

/** Features (N, F) of records, and their classes, which no training has seen. */
export interface Seen {
  features: Block;
  labels: Uint8Array;
}

/** What features are worth. Accuracies are fractions of the test records. */
export interface Judged {
  knn: number;
  probe: number;
  rank: number;
  labels: LabelPoint[];
}

const neighbours = 20; // of a thousand or so; recorded runs take 200 of 50,000

const rowsOf = ({data, shape}: Block): Rows => ({data: data as Float32Array, shape});
const labelled = ({features, labels}: Seen) => ({features: rowsOf(features), labels});

/** Cosine kNN with 20 neighbours. */
export const nearestClass = async (train: Seen, test: Seen, classes: number): Promise<number> =>
  (await knn(labelled(train), labelled(test), classes, {k: neighbours})).accuracy;

/** The same of the images themselves, pixels on [0, 1] as the recorded runs' probe has them. */
export async function nearestPixels(train: Records, test: Records): Promise<number> {
  const [known, asked] = [train, test].map(({images, labels, count}) => ({
    features: {data: normalise(images, [0], [1]), shape: [count, images.length / count]},
    labels
  }));
  return (await knn(known, asked, train.classes.length, {k: neighbours, products: onBackend})).accuracy;
}

/** Pixels are many: a product of 500 and 1,000 images takes seconds in plain loops. */
const onBackend: Products = {
  ...plainProducts,
  async ofRows(a, b) {
    const product = tf.tidy(() => {
      const [x, y] = [a, b].map(({data, shape}) => tf.tensor2d(Float32Array.from(data), shape as [number, number]));
      return matMul(x, y, {transposeB: true});
    });
    const data = (await product.data<"float32">()).slice();
    product.dispose();
    return {data, shape: [a.shape[0], b.shape[0]]};
  }
};

/** kNN, linear probe, effective rank, and the probe's accuracy with 1, 10 … labels a class. */
export async function judge(train: Seen, test: Seen, classes: number): Promise<Judged> {
  const [from, to] = [labelled(train), labelled(test)];
  const counts = new Array<number>(classes).fill(0);
  train.labels.forEach((label) => ++counts[label]);
  const fewest = Math.min(...counts);
  return {
    knn: await nearestClass(train, test, classes),
    probe: (await linearProbe(from, to, classes)).accuracy,
    rank: await effectiveRank(to.features),
    labels: await labelEfficiency(from, to, [1, 10, 50].filter((n) => n <= fewest), {classes}) // prettier-ignore
  };
}

/** A map of the rows in the plane, (N, 2), by cosine. */
export const plane = async (features: Block): Promise<Rows> =>
  tsne(normalised(rowsOf(features)), {steps: 300, progress: () => tick()});

/** (N, k): for each row the most similar of the others. */
export async function similar(features: Block, among: Block, k: number): Promise<Int32Array> {
  const [from, to] = [features, among].map((block) => normalised(rowsOf(block)));
  const {data, shape} = await plainProducts.ofRows(from, to);
  const found = new Int32Array(shape[0] * k);
  for (let i = 0; i < shape[0]; ++i) found.set(nearest(span({data, shape}, i, i + 1).data, k), i * k);
  return found;
}

export type Weights = Record<string, Block>;

/** A checkpoint's weights, by `compute.weights`, or the seed of a run whose network has learnt nothing yet. */
export type Network = Weights | number;

/** The state a run with that seed begins with, or that of a checkpoint. */
export function stateOf(task: Task, network: Network): Tree {
  if (typeof network === "number") return begin(task, network);
  return mapAt((path, leaf) => (isTrained(path) ? tensorOf(network[torchName(path)]) : leaf), begin(task, 0));
}

const tensorOf = ({data, shape}: Block): tf.Tensor => tf.tensor(data, shape);

const chunk = 50; // images in a forward pass: what it makes is held until it ends

/** What `of` makes of the records, in batches of 50, one after another along the first axis. */
export function inBatches(
  task: Task,
  records: Records,
  of: (batch: Record<string, tf.Tensor>) => tf.Tensor
): tf.Tensor {
  const starts = Array.from({length: Math.ceil(records.count / chunk)}, (_, i) => i * chunk);
  const parts = starts.map((start) => {
    const count = Math.min(chunk, records.count - start);
    const rows = Uint32Array.from({length: count}, (_, i) => start + i);
    return tf.tidy(() => of(upload(task.view(records, rows, count))));
  });
  return tf.concat(parts);
}

/** Pooled features (N, F). */
export const featuresOf = (task: Task, network: Network, records: Records): tf.Tensor => {
  const state = stateOf(task, network);
  return inBatches(task, records, (batch) => task.predict(state, batch as never));
};
