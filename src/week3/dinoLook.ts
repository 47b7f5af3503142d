import type * as tf from "@tensorflow/tfjs";
import type {Records} from "../components/data/records.js";
import {ari} from "../components/evaluate/ari.js";
import {clusteringAccuracy} from "../components/evaluate/clusteringAccuracy.js";
import {kMeans} from "../components/evaluate/kMeans.js";
import {nearest} from "../components/evaluate/nearest.js";
import {nmi} from "../components/evaluate/nmi.js";
import {plainProducts} from "../components/evaluate/products.js";
import {normalised, span} from "../components/evaluate/rows.js";
import type {Block} from "../components/train/task.js";
import dinoTask from "./dinoTask.js";
import type {DinoConfig} from "./dinoConfig.js";
import {featuresOf} from "./look.js";

export {judge, nearestClass, plane, similar} from "./look.js";

/** Pooled features (N, F) of the teacher as it begins. */
export const untrained = (config: Partial<DinoConfig>, records: Records): tf.Tensor =>
  featuresOf(dinoTask(config), null, records);

/** What k-means makes of features, over some seeds; clusters and the rows nearest to their centres are those of seed 0. */
export interface Clustered {
  runs: {accuracy: number; nmi: number; ari: number}[];
  of: Int32Array;
  /** (K, n), nearest first. */
  central: Int32Array;
}

const seeds = 5;
const restarts = 5;

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
