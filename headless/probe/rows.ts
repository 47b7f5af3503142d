import * as tf from "@tensorflow/tfjs";
import {createHash} from "node:crypto";
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import type {FeatureMap} from "../../src/components/evaluate/featureMap.js";
import type {DataSet} from "../../src/components/data/records.js";
import type {Tree} from "../../src/components/tensor/tree.js";
import {begin} from "../../src/components/train/begin.js";
import {loadWeights} from "../../src/components/train/loadWeights.js";
import type {Task} from "../../src/components/train/task.js";
import {frozen, frozenFeatures, pixels, probeFolder} from "./features.js";
import {runFolder} from "../run/resume.js";
import {featureMap, type Mapped} from "./map.js";
import {nativeProducts} from "./products.js";
import {scores, type Frozen, type Protocol, type Scores} from "./scores.js";
import type {ProbeSource} from "./source.js";
import {writeWhole} from "../record/writeWhole.js";

/** The table's lines, each when it is asked for. */
export interface ProbeRows {
  /** The encoder with the given weights. */
  trained(task: Task, weights: ProbeSource["state"]): Promise<Scores>;
  /** The same encoder as a run begins: drawn with seed 1. */
  random(task: Task): Promise<Scores>;
  /** Pixels on [0, 1], with Euclidean k-means. They depend on data and protocol alone, and are kept in `.cache/probe`. */
  pixels(): Promise<Scores>;
  /** What a page shows of the features that `trained` measures; the run's name says where it kept some on its way. */
  map(task: Task, weights: ProbeSource["state"], of: Mapped): Promise<FeatureMap>;
  release(): Promise<void>;
}

interface Options {
  threads?: number;
  say(line: string): void;
}

export async function probeRows(data: DataSet, protocol: Protocol, {threads, say}: Options): Promise<ProbeRows> {
  const products = await nativeProducts(threads);
  const measured = async (name: string, features: () => Promise<Frozen>, changes: Partial<Protocol> = {}) => {
    say(name);
    const began = performance.now();
    const made = await features();
    const seconds = (performance.now() - began) / 1000;
    say(`  features: ${seconds.toFixed(1)} s`);
    const found = await scores(made, {...protocol, ...changes}, products, (line) => say(`  ${line}`));
    return {...found, seconds: {features: seconds, ...found.seconds}};
  };
  const encoded = async (task: Task, make: () => Promise<Tree>) => {
    tf.enableProdMode();
    await tf.setBackend("cpu"); // where the state is made
    return frozenFeatures({task, state: await make(), data}, {threads, notice: say});
  };
  return {
    trained: (task, weights) => measured("trained network", () => encoded(task, () => loadWeights(task, weights))),
    random: (task) => measured("random network", () => encoded(task, async () => begin(task, 1))),
    async map(task, weights, of) {
      const features = await encoded(task, () => loadWeights(task, weights));
      return featureMap(features, {
        ...{of, folder: runFolder(of.run), digest: data.train.digest},
        protocol,
        products,
        say
      });
    },
    async pixels() {
      const path = join(probeFolder(), `pixels-${keyOf(data, protocol)}.json`);
      const kept = await readFile(path, "utf8").catch(() => null);
      if (kept) return JSON.parse(kept) as Scores;
      const found = await measured("raw pixels", () => frozen(data, async (records) => pixels(records)), {
        cosine: false
      });
      await writeWhole(path, JSON.stringify(found));
      return found;
    },
    release: () => products.release()
  };
}

function keyOf({train, test}: DataSet, protocol: Protocol): string {
  const hash = createHash("sha256").update(JSON.stringify(protocol));
  for (const {images, labels} of [train, test]) hash.update(images).update(labels);
  return hash.digest("hex").slice(0, 24);
}
