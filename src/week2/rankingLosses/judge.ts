import {kMeans} from "../../components/evaluate/kMeans.js";
import {nearest} from "../../components/evaluate/nearest.js";
import {nmi} from "../../components/evaluate/nmi.js";
import {squaredDistances, verification} from "../../components/evaluate/retrieval.js";
import {rng} from "../../components/math/random.js";
import type {Point} from "../../components/plots/series.js";
import type {Predicted} from "../../components/train/protocol.js";
import {tick} from "../../components/train/tick.js";

/** How far down the list of neighbours recall looks; Oh Song et al. 2016 report these. */
export const depths = [1, 2, 4, 8];

/** What an embedding of unseen classes is worth. */
export interface Judgement {
  /** Recall@k, for each of `depths`. */
  recall: number[];
  /** Of k-means' clusters, as many as there are classes, with the classes. */
  nmi: number;
  /** Verification: alike pairs found over pairs called alike by mistake, and the area below that. */
  curve: Point[];
  area: number;
  /** Mean squared distance of two embeddings. */
  spread: number;
  /** Each row with its nearest other, where that one is of another class. */
  wrong: [row: number, nearest: number][];
}

type Embedded = Pick<Predicted, "labels"> & {outputs: Rows};
interface Rows {
  data: Predicted["outputs"]["data"] | Float64Array;
  shape: number[];
}

/** Judges by distances alone. Takes about a second for 800 rows: the page calls it in the worker. */
export async function judge({outputs, labels}: Embedded): Promise<Judgement> {
  const distances = squaredDistances(outputs);
  const neighbours = nearestOf(distances, Math.max(...depths));
  const {curve, area} = verification({embeddings: outputs, labels});
  const points = {data: Float64Array.from(outputs.data), shape: outputs.shape};
  const {clusters} = await kMeans(points, new Set(labels).size, {restarts: 5});
  return {
    recall: depths.map((k) => found(neighbours, labels, k)),
    nmi: nmi(clusters, labels),
    curve: curve.map(({mistaken, found}): Point => [mistaken, found]),
    area,
    spread: distances.reduce((sum, d) => sum + d, 0) / distances.length,
    wrong: neighbours.flatMap(([j], i): [number, number][] => (labels[i] === labels[j] ? [] : [[i, j]]))
  };
}

/**
 * Recall@k: how often one of a row's k nearest others is of its class, for each of the given k.
 *
 * @throws RangeError for fewer than two rows.
 */
export function recallAt({outputs, labels}: Embedded, ks: number[] = depths): number[] {
  const neighbours = nearestOf(squaredDistances(outputs), Math.max(...ks));
  return ks.map((k) => found(neighbours, labels, k));
}

/** Recall@k, for each of `depths`, of points drawn from a normal distribution: the mean over so many drawings. */
export async function noiseRecall(of: Record<"classes" | "each" | "dimensions" | "seeds", number>): Promise<number[]> {
  const {classes, each, dimensions, seeds} = of;
  const rows = classes * each;
  const labels = Uint8Array.from({length: rows}, (_, i) => Math.floor(i / each));
  const mean = depths.map(() => 0);
  for (let seed = 0; seed < seeds; ++seed) {
    const recall = recallAt({outputs: {data: rng(seed).normal(rows * dimensions), shape: [rows, dimensions]}, labels});
    recall.forEach((share, k) => (mean[k] += share / seeds));
    await tick(); // the page may move in between
  }
  return mean;
}

/** Each row's k nearest others, or all of them, the nearest first. */
function nearestOf(distances: Float64Array, k: number): Int32Array[] {
  const rows = Math.sqrt(distances.length);
  if (rows < 2) throw new RangeError(`recallAt: expected at least two rows, got ${rows}`);
  return Array.from({length: rows}, (_, i) => {
    const near = distances.slice(i * rows, (i + 1) * rows).map((d) => -d);
    near[i] = -Infinity; // a row is not its own neighbour
    return nearest(near, Math.min(k, rows - 1));
  });
}

const found = (neighbours: Int32Array[], labels: ArrayLike<number>, k: number): number =>
  neighbours.filter((near, i) => near.subarray(0, k).some((j) => labels[j] === labels[i])).length / neighbours.length;
