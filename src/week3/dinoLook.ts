import * as tf from "@tensorflow/tfjs";
import type {Records} from "../components/data/records.js";
import {ari} from "../components/evaluate/ari.js";
import {clusteringAccuracy} from "../components/evaluate/clusteringAccuracy.js";
import {kMeans} from "../components/evaluate/kMeans.js";
import {nearest} from "../components/evaluate/nearest.js";
import {nmi} from "../components/evaluate/nmi.js";
import {plainProducts} from "../components/evaluate/products.js";
import {normalised, span} from "../components/evaluate/rows.js";
import {silhouette} from "../components/evaluate/silhouette.js";
import type {DinoState} from "../components/ssl/dino.js";
import {upload} from "../components/train/arrays.js";
import type {Block} from "../components/train/task.js";
import {classAttention} from "./dino/classAttention.js";
import {validated, type DinoConfig} from "./dinoConfig.js";
import dinoTask, {encoderOf, transformer} from "./dinoTask.js";
import {featuresOf, inBatches, stateOf, type Network} from "./look.js";

export {judge, nearestClass, nearestPixels, plane, similar} from "./look.js";

/** Pooled features (N, F) of the teacher as it begins from a seed. */
export const untrained = (config: Partial<DinoConfig>, seed: number, records: Records): tf.Tensor =>
  featuresOf(dinoTask(config), seed, records);

/** I of the records' images, in nats: what the teacher's prototypes tell about them, all in one batch. */
export function told(config: Partial<DinoConfig>, network: Network, records: Records): tf.Tensor {
  const task = dinoTask(config);
  const rows = Uint32Array.from({length: records.count}, (_, i) => i);
  const {information, count} = task.evaluate(stateOf(task, network), upload(task.view(records, rows, records.count)));
  return tf.div(information, count);
}

/** What k-means makes of features, over some seeds; clusters and the rows nearest to their centres are those of seed 0. */
export interface Clustered {
  runs: {accuracy: number; nmi: number; ari: number}[];
  of: Int32Array;
  /** (K, n), nearest first. */
  central: Int32Array;
}

const seeds = 5;
const restarts = 20;
const quick = 5; // restarts where K is tried: ten clusterings, and the number shown is their silhouette

/** Cosine k-means of records, labels used for judging alone. @param each so many rows nearest to each centre. */
export async function clustered(features: Block, labels: Uint8Array, k: number, each: number): Promise<Clustered> {
  const rows = {data: features.data as Float32Array, shape: features.shape};
  const found = [];
  for (let seed = 0; seed < seeds; ++seed) found.push(await kMeans(rows, k, {seed, restarts, cosine: true}));
  const {clusters: of, centres} = found[0];
  const near = await plainProducts.ofRows(centres, normalised(rows));
  const central = new Int32Array(k * each);
  for (let c = 0; c < k; ++c) central.set(nearest(span(near, c, c + 1).data, each), c * each);
  return {
    runs: found.map(({clusters}) => ({
      accuracy: clusteringAccuracy(clusters, labels).accuracy,
      nmi: nmi(clusters, labels),
      ari: ari(clusters, labels)
    })),
    of,
    central
  };
}

/** What k-means with K clusters makes of features, without labels but for the NMI. */
export interface Numbered {
  k: number;
  inertia: number;
  /** Mean over the records. */
  silhouette: number;
  nmi: number;
}

/** Cosine k-means for several K, from one seed. */
export async function numbered(features: Block, labels: Uint8Array, ks: number[]): Promise<Numbered[]> {
  const rows = {data: features.data as Float32Array, shape: features.shape};
  const found: Numbered[] = [];
  for (const k of ks) {
    const {clusters, inertia} = await kMeans(rows, k, {restarts: quick, cosine: true});
    const apart = await silhouette(rows, clusters, {cosine: true});
    found.push({
      k,
      inertia,
      silhouette: apart.reduce((sum, s) => sum + s / apart.length, 0),
      nmi: nmi(clusters, labels)
    });
  }
  return found;
}

/**
 * Where the class token of a transformer looks, in its last block: (N, heads, 8, 8) over the patches of whole images.
 */
export function attention(config: Partial<DinoConfig>, network: Network, records: Records): tf.Tensor {
  const task = dinoTask(config);
  const {teacher} = stateOf(task, network) as unknown as DinoState<never, never, never>;
  const encoder = encoderOf(validated(config));
  const last = `blocks.${transformer.depth - 1}.attn`;
  return inBatches(task, records, ({images}) => {
    const [, , aux] = encoder.apply(teacher.params.encoder, teacher.stats.encoder, images);
    return classAttention(aux[last]);
  });
}
