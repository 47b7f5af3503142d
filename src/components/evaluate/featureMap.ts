import {readSafetensors, writeSafetensors, type Stored} from "../train/safetensors.js";
import type {Rows} from "./rows.js";

/** What a run's features look like, small enough for a page. Rows are those of the recorded data, by its digest. */
export interface FeatureMap {
  /** The run's name. */
  run: string;
  /** SHA-256 of the file of weights that made the features. */
  weights: string;
  /** SHA-256 of the data set. */
  digest: string;
  /** Classes of all evaluated records, (N). */
  labels: Uint8Array;
  /** The first M of them in the plane, (M, 2), by the epochs that had passed. */
  epochs: {epoch: number; points: Rows}[];
  /** Of each of those M, the training rows with the most similar features, (M, k), nearest first; and their classes. */
  neighbours: {rows: Int32Array; labels: Uint8Array; count: number};
  /** The cluster of every evaluated record, (N), and of each of K clusters the rows nearest to its centre, (K, n). */
  clusters: {of: Uint8Array; central: Int32Array; count: number};
}

const format = "deep-learning-mastery map 1";

/** A map as a safetensors file, its points in float16. */
export function packMap({
  run,
  weights,
  digest,
  labels,
  epochs,
  neighbours,
  clusters
}: FeatureMap): Uint8Array<ArrayBuffer> {
  const shown = neighbours.rows.length / neighbours.count;
  const tensors = new Map<string, Stored>([
    ...epochs.map(({epoch, points}): [string, Stored] => [
      `epoch ${epoch}`,
      {dtype: "F16", shape: [...points.shape], data: Float32Array.from(points.data)}
    ]),
    ["neighbours", {dtype: "I32", shape: [shown, neighbours.count], data: neighbours.rows}],
    [
      "central",
      {dtype: "I32", shape: [clusters.count, clusters.central.length / clusters.count], data: clusters.central}
    ],
    ["neighbourLabels", {dtype: "U8", shape: [shown, neighbours.count], data: neighbours.labels}],
    ["labels", {dtype: "U8", shape: [labels.length], data: labels}],
    ["clusters", {dtype: "U8", shape: [labels.length], data: clusters.of}]
  ]);
  return writeSafetensors({tensors, metadata: new Map(Object.entries({format, run, weights, digest}))});
}

/** Reads what `packMap` wrote. @throws Error with one sentence if the file holds no map. */
export function unpackMap(file: Uint8Array): FeatureMap {
  const {tensors, metadata} = readSafetensors(file);
  if (metadata.get("format") !== format)
    throw new Error(`unpackMap: expected "${format}", got a safetensors file of another origin`);
  const stored = <D extends Stored["dtype"]>(name: string, dtype: D) => {
    const tensor = tensors.get(name);
    if (tensor?.dtype !== dtype)
      throw new Error(`unpackMap: expected ${name} in ${dtype}, got ${tensor?.dtype ?? "none"}`);
    return tensor as Extract<Stored, {dtype: D}>;
  };
  const [neighbours, central] = [stored("neighbours", "I32"), stored("central", "I32")];
  return {
    run: metadata.get("run") ?? "",
    weights: metadata.get("weights") ?? "",
    digest: metadata.get("digest") ?? "",
    labels: stored("labels", "U8").data,
    epochs: [...tensors.keys()]
      .flatMap((name) => (/^epoch \d+$/.test(name) ? [Number(name.slice(6))] : []))
      .sort((a, b) => a - b)
      .map((epoch) => ({epoch, points: stored(`epoch ${epoch}`, "F16")})),
    neighbours: {
      ...{rows: neighbours.data, labels: stored("neighbourLabels", "U8").data, count: neighbours.shape[1]}
    },
    clusters: {...{of: stored("clusters", "U8").data, central: central.data, count: central.shape[0]}}
  };
}
