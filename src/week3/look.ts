import * as tf from "@tensorflow/tfjs";
import type {Records} from "../components/data/records.js";
import {effectiveRank} from "../components/evaluate/effectiveRank.js";
import {knn} from "../components/evaluate/knn.js";
import {labelEfficiency, type LabelPoint} from "../components/evaluate/labelEfficiency.js";
import {linearProbe} from "../components/evaluate/linearProbe.js";
import {nearest} from "../components/evaluate/nearest.js";
import {plainProducts} from "../components/evaluate/products.js";
import {normalised, span, type Rows} from "../components/evaluate/rows.js";
import {tsne} from "../components/evaluate/tsne.js";
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

/** The state a task begins with, or with a checkpoint's weights, by `compute.weights`, in its place. */
export function stateOf(task: Task, weights: Weights | null): Tree {
  const fresh = begin(task, 1);
  return weights ? mapAt((path, leaf) => (isTrained(path) ? tensorOf(weights[torchName(path)]) : leaf), fresh) : fresh;
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

/** Features (N, F) of a network, or of one that has learnt nothing. */
export const featuresOf = (task: Task, weights: Weights | null, records: Records): tf.Tensor => {
  const state = stateOf(task, weights);
  return inBatches(task, records, (batch) => task.predict(state, batch as never));
};
