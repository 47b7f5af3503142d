import * as tf from "@tensorflow/tfjs";
import {createHash} from "node:crypto";
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {cropFlip, normalise} from "../../src/components/data/augment.js";
import type {DataSet, Records} from "../../src/components/data/records.js";
import type {Rows} from "../../src/components/evaluate/rows.js";
import {rng} from "../../src/components/math/random.js";
import type {Tree} from "../../src/components/tensor/tree.js";
import {rowsFrom} from "../../src/components/train/measure.js";
import {outputs} from "../../src/components/train/predict.js";
import {readSafetensors, writeSafetensors} from "../../src/components/train/safetensors.js";
import type {Batch, Task} from "../../src/components/train/task.js";
import {commit} from "../record/commit.js";
import {openEngine} from "../engines/open.js";
import type {Frozen} from "./scores.js";
import {digestOf} from "./source.js";
import {writeWhole} from "../record/writeWhole.js";

/** Pixels on [0, 1] as features (N, H · W · C). */
export const pixels = ({images, count}: Records): Rows => ({
  data: normalise(images, [0], [1]),
  shape: [count, images.length / count]
});

/** Features of a data set, and of its test images once more, shifted by up to 4 pixels and mirrored or not. */
export async function frozen({train, test}: DataSet, of: (records: Records) => Promise<Rows>): Promise<Frozen> {
  const moved = {...test, images: cropFlip(rng(0).fork("moved"), test.images, test)};
  return {
    train: {features: await of(train), labels: train.labels},
    test: {features: await of(test), labels: test.labels},
    moved: await of(moved)
  };
}

interface Options {
  threads?: number;
  /** Images at a time. */
  batch?: number;
  notice(message: string): void;
}

/**
 * What a task's encoder makes of a data set, computed once and kept in `.cache/probe` by the digests of weights, images
 * and code. The state is frozen: its digest is taken in the engine before and after.
 *
 * @param state whose tensors the caller may dispose of afterwards.
 * @throws Error if the digests differ, or the task gives something else than one row of features for each image.
 */
export async function frozenFeatures(
  {task, state, data}: {task: Task; state: Tree; data: DataSet},
  {threads, batch = 100, notice}: Options
): Promise<Frozen & {digest: string}> {
  const seen = {...task, predict: task.features?.bind(task) ?? task.predict.bind(task)} as Task;
  const engine = await openEngine(seen, state, {threads, notice});
  try {
    const before = digestOf(await engine.state());
    const made = await frozen(data, (records) =>
      kept(keyOf(before, records), async () => {
        const rows = rowsFrom(0, records.count);
        const {data, shape} = await outputs((each: Batch) => engine.predict(each), task.view, records, {rows, batch});
        if (shape.length !== 2)
          throw new Error(`probe: expected features (N, D) of the task, got (${shape.join(", ")})`);
        return {data: data as Float32Array, shape};
      })
    );
    const after = digestOf(await engine.state());
    if (before !== after)
      throw new Error(`probe: expected the weights' digest ${before} after the features, got ${after}`);
    return {...made, digest: before};
  } finally {
    await engine.release();
    tf.dispose(state);
  }
}

const keyOf = (weights: string, {images}: Records): string =>
  createHash("sha256").update(weights).update(images).update(commit()).digest("hex").slice(0, 24);

/** The features kept under a key, or made and kept. */
async function kept(key: string, make: () => Promise<Rows & {data: Float32Array}>): Promise<Rows> {
  const path = join(probeFolder(), `${key}.safetensors`);
  const file = await readFile(path).catch(() => null);
  const stored = file && readSafetensors(file).tensors.get("features");
  if (stored) return {data: stored.data as Float32Array, shape: stored.shape};
  const {data, shape} = await make();
  const tensors = new Map([["features", {dtype: "F32" as const, shape: [...shape], data}]]);
  await writeWhole(path, writeSafetensors({tensors, metadata: new Map()}));
  return {data, shape};
}

export const probeFolder = (): string => process.env.PROBE_DIR ?? join(".cache", "probe");
