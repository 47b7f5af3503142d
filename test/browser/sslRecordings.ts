import {createHash} from "node:crypto";
import type {RunRecord} from "../../src/components/data/runRecord.js";
import {packMap} from "../../src/components/evaluate/featureMap.js";
import {rng} from "../../src/components/math/random.js";
import {recordedRun} from "../data/recordedRun.js";
import {testImages, type Files} from "./recordings.js";

const digestOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const measured = {
  ...{linearProbe: 0.77, knn: 0.71, alignment: 0.4, uniformity: -2.5, effectiveRank: 40},
  linearProbeByLabels: {"1": 0.3, "1Deviation": 0.02, "10": 0.5, "10Deviation": 0.01, "100": 0.66, "100Deviation": 0.003},
  linearProbeByClass: Object.fromEntries(Array.from({length: 10}, (_, k) => [String(k), 0.6 + 0.03 * k])),
  kmeans: {accuracy: 0.5, nmi: 0.4, ari: 0.3, accuracyDeviation: 0.01, nmiDeviation: 0.01, ariDeviation: 0.02},
  rawPixels: {linearProbe: 0.4, knn: 0.34, kmeansAccuracy: 0.22, kmeansNmi: 0.08, kmeansAri: 0.04},
  randomNetwork: {linearProbe: 0.45, knn: 0.33, kmeansAccuracy: 0.2, kmeansNmi: 0.07, kmeansAri: 0.03}
}; // prettier-ignore

const short = {testKnn: 0.4, trainEntropy: 2.1, trainKl: 1, testInformation: 0.6};

interface Invented {
  name: string;
  epochs: number;
  config?: Record<string, unknown>;
  /** Whether a map of its features was made. */
  map?: boolean;
}

/** Invented runs of a method of self-supervised learning, with their maps. @param digest of the data that they name. */
export function sslRecordings(runs: Invented[], digest: string): Files {
  const files: Files = new Map();
  for (const {name, epochs, config = {}, map} of runs) {
    const method = name.split("-")[0];
    const record = recordedRun();
    files.set(`runs/${name}.json`, new TextEncoder().encode(JSON.stringify({
      ...record,
      ...{name, weights: map ? record.weights : null, final: map ? measured : short, command: `npm run train -- ${method} --seed 1`},
      recipe: {
        ...{name: method, module: `week3/${method}Task`, epochs, batch: 128, schedule: {kind: "cosine", rate: 0.1}},
        config: {data: "cifar10", width: 4, images: 10, testImages, ...(method === "dino" && {prototypes: 32}), ...config}
      },
      data: {...record.data, name: "cifar10", digest, evaluated: {split: "test", count: testImages}},
      epochs: Array.from({length: epochs}, (_, i) => ({
        epoch: i + 1,
        train: {loss: 6 - i / epochs, entropy: 3 - i / epochs, kl: 1 - i / (2 * epochs), matched: 0.3, spread: 0.9},
        test: ((i + 1) % 5 ? {} : {loss: 5 - i / epochs, knn: 0.4 + (0.3 * i) / epochs, information: i / epochs}) as Record<string, number>,
        ...{rate: 0.1, imagesPerSecond: 200, seconds: 250}
      }))
    } satisfies RunRecord))); // prettier-ignore
    if (map) files.set(`maps/${name}.safetensors`, mapOf(name, digest));
  }
  return files;
}

/** Three epochs of forty points, neighbours among ten training images, ten clusters that are the classes with their names turned. */
function mapOf(run: string, digest: string): Uint8Array {
  const [shown, count] = [40, 3];
  const labels = Uint8Array.from({length: testImages}, (_, i) => i % 10);
  const rows = Int32Array.from({length: shown * count}, (_, i) => (Math.floor(i / count) + (i % count)) % 10);
  return packMap({
    ...{run, weights: recordedRun().weights!.digest, digest, labels},
    epochs: [10, 20, 30].map((epoch) => ({epoch, points: {data: rng(epoch).normal(2 * shown), shape: [shown, 2]}})),
    neighbours: {rows, labels: Uint8Array.from(rows), count},
    clusters: {
      of: labels.map((label) => (label + 3) % 10),
      central: Int32Array.from({length: 160}, (_, i) => ((Math.floor(i / 16) + 7) % 10) + 10 * (i % 16)),
      count: 10
    }
  });
}

export const namedDigest = digestOf(new Uint8Array(1));
