import type {Records} from "../components/data/records.js";
import {
  accuracy,
  calibration,
  confusion,
  meanLoss,
  mistakes,
  type Logits,
  type Mistake
} from "../components/evaluate/metrics.js";
import type {Compute} from "../components/train/compute.js";
import type {Block} from "../components/train/task.js";

/** What a trained network of this page shows of itself. */
export interface Results {
  accuracy: number;
  loss: number;
  count: number;
  confusion: number[][];
  calibration: ReturnType<typeof calibration>;
  mistakes: Mistake[];
  /** The images of `mistakes`, in their order, and the names of the classes. */
  shown: Records;
  /** The stem's filters, one 3 × 3 × 3 image each. */
  filters: Filters;
  /** Root mean squares of each block's branch and of its shortcut, where it has one. */
  blocks: {block: string; residual: number; shortcut: number | null}[];
  mirror: Mirror;
}

/** Images side by side: values of any scale, channels last. */
export interface Filters {
  data: Float32Array;
  height: number;
  width: number;
  channels: number;
}

/** Equation "orbit" for the group of two: means over images. */
export interface Mirror {
  count: number;
  /** Loss of the mean of both logits, and mean of both losses. */
  averaged: {loss: number; accuracy: number};
  single: {loss: number; accuracy: number};
}

/** Where to look: the checkpoint's key, the run's configuration, and the URLs of the task and of the checks. */
export interface Place {
  compute: Pick<Compute, "predict" | "records" | "weights" | "call">;
  task: string;
  checks: string;
  config: Record<string, unknown>;
  key: string;
}

/** Evaluates a checkpoint on its whole test split and looks inside it. */
export async function examine({compute, task, checks, config, key}: Place): Promise<Results> {
  const query = {module: task, config, split: "test" as const};
  const {outputs, labels} = await compute.predict({...query, key});
  const weights = await compute.weights(key);
  const worst = mistakes(outputs, labels, 18);
  const few = await compute.records({...query, rows: firstRows(Math.min(200, labels.length))});
  const scales = await compute.call<Record<string, Block>>(checks, "branchScales", config, weights, some(few, 50));
  const logits = await compute.call<Record<"seen" | "mirrored", Block>>(checks, "bothWays", config, weights, few);
  return {
    accuracy: accuracy(outputs, labels),
    loss: meanLoss(outputs, labels),
    count: labels.length,
    confusion: confusion(outputs, labels),
    calibration: calibration(outputs, labels, 10),
    mistakes: worst,
    shown: await compute.records({...query, rows: worst.map(({row}) => row)}),
    filters: filterImages(weights["conv1.weight"]),
    blocks: blockScales(scales),
    mirror: mirror(logits, few.labels)
  };
}

const firstRows = (count: number) => Array.from({length: count}, (_, i) => i);

function some(records: Records, count: number): Records {
  const kept = Math.min(count, records.count);
  const size = records.height * records.width * records.channels;
  return {...records, count: kept, images: records.images.slice(0, kept * size), labels: records.labels.slice(0, kept)};
}

/** (kh, kw, 3, O) → O images of kh × kw × 3. */
export function filterImages({data, shape: [height, width, channels, outputs]}: Block): Filters {
  const size = height * width * channels;
  const images = Float32Array.from({length: data.length}, (_, i) => data[(i % size) * outputs + Math.floor(i / size)]);
  return {data: images, height, width, channels};
}

function blockScales(scales: Record<string, Block>): Results["blocks"] {
  const names = Object.keys(scales).filter((name) => name.endsWith(".residual"));
  return names.map((name) => {
    const block = name.slice(0, -".residual".length);
    return {block, residual: scales[name].data[0], shortcut: scales[`${block}.shortcut`]?.data[0] ?? null};
  });
}

/** Averages over an image and its mirror, before the loss and after it. */
export function mirror({seen, mirrored}: {seen: Logits; mirrored: Logits}, labels: Uint8Array): Mirror {
  const mean = {shape: seen.shape, data: Array.from(seen.data, (z, i) => (z + mirrored.data[i]) / 2)};
  const both = [seen, mirrored];
  return {
    count: labels.length,
    averaged: {loss: meanLoss(mean, labels), accuracy: accuracy(mean, labels)},
    single: {
      loss: both.reduce((sum, logits) => sum + meanLoss(logits, labels) / 2, 0),
      accuracy: both.reduce((sum, logits) => sum + accuracy(logits, labels) / 2, 0)
    }
  };
}
