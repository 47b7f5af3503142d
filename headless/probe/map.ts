import {readdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import type {FeatureMap} from "../../src/components/evaluate/featureMap.js";
import {kMeans, nearestCentre} from "../../src/components/evaluate/kMeans.js";
import {nearest} from "../../src/components/evaluate/nearest.js";
import type {Products} from "../../src/components/evaluate/products.js";
import {normalised, span, type Rows} from "../../src/components/evaluate/rows.js";
import {tsne} from "../../src/components/evaluate/tsne.js";
import {readSafetensors} from "../../src/components/train/safetensors.js";
import {tick} from "../../src/components/train/tick.js";
import type {Frozen, Protocol} from "./scores.js";

/** The run that a map is of. */
export interface Mapped {
  run: string;
  /** SHA-256 of the file of weights. */
  weights: string;
  /** The epoch that they are of. */
  lastEpoch: number;
}

interface Options {
  of: Mapped;
  /** Where the run kept features while it went on. */
  folder: string;
  /** Of the data set. */
  digest: string;
  protocol: Pick<Protocol, "classes" | "restarts">;
  products: Products;
  say(line: string): void;
}

const shown = 1000; // as many as a run keeps features of
const neighbours = 8;
const central = 16;

/**
 * What a page shows of a run's features: the first thousand evaluated records in the plane, by epochs, each map begun from the
 * one before it; their nearest training records and the clusters of all, by the final features. Everything is cosine.
 */
export async function featureMap({train, test}: Frozen, options: Options): Promise<FeatureMap> {
  const {of: {run, weights, lastEpoch}, folder, digest, protocol, products, say} = options; // prettier-ignore
  const seen = span(test.features, 0, Math.min(shown, test.labels.length));
  say("map: neighbours and clusters");
  const near = await neighboursOf(seen, train.features, products);
  const {centres} = await kMeans(train.features, protocol.classes, {
    ...{seed: 0, restarts: protocol.restarts, cosine: true, products}
  });
  const of = await nearestCentre(normalised(test.features), centres, {products});
  return {
    ...{run, weights, digest, labels: Uint8Array.from(test.labels)},
    epochs: await overEpochs(folder, {epoch: lastEpoch, features: seen}, say),
    neighbours: {rows: near, labels: Uint8Array.from(near, (row) => train.labels[row]), count: neighbours},
    clusters: {
      of: Uint8Array.from(of),
      central: await centralRows(test.features, centres, products),
      count: protocol.classes
    }
  };
}

/** (M, 8): for each row the nearest of the others, by cosine. */
async function neighboursOf(rows: Rows, among: Rows, products: Products): Promise<Int32Array> {
  const [from, to] = [normalised(rows), normalised(among)];
  const found = new Int32Array(rows.shape[0] * neighbours);
  for (let start = 0; start < rows.shape[0]; start += 250) {
    const {data, shape} = await products.ofRows(span(from, start, Math.min(start + 250, rows.shape[0])), to);
    for (let i = 0; i < shape[0]; ++i)
      found.set(nearest(data.subarray(i * shape[1], (i + 1) * shape[1]), neighbours), (start + i) * neighbours);
  }
  return found;
}

/** (K, 16): of each centre the nearest rows. */
async function centralRows(rows: Rows, centres: Rows, products: Products): Promise<Int32Array> {
  const {data, shape} = await products.ofRows(centres, normalised(rows));
  const each = Math.min(central, shape[1]);
  const found = new Int32Array(shape[0] * each);
  for (let k = 0; k < shape[0]; ++k)
    found.set(nearest(data.subarray(k * shape[1], (k + 1) * shape[1]), each), k * each);
  return found;
}

interface Kept {
  epoch: number;
  features: Rows;
}

/** A map for each epoch whose features were kept; of the final ones alone where none were. */
async function overEpochs(folder: string, last: Kept, say: Options["say"]): Promise<FeatureMap["epochs"]> {
  const names = (await readdir(join(folder, "features")).catch(() => [])).filter((name) => /^epoch-\d+\./.test(name));
  const kept: Kept[] = [];
  for (const name of names.sort()) {
    const stored = readSafetensors(await readFile(join(folder, "features", name))).tensors.get("features");
    if (stored?.dtype === "F16") kept.push({epoch: Number(name.slice(6, 10)), features: stored});
  }
  const all = kept.length ? kept : [last];
  const maps: FeatureMap["epochs"] = [];
  for (const {epoch, features} of all) {
    say(`map: epoch ${epoch}`);
    const points = await tsne(normalised(features), {start: maps.at(-1)?.points, progress: () => tick()});
    maps.push({epoch, points});
  }
  return maps;
}
