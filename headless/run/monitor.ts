import {join} from "node:path";
import type {DataSet, Records} from "../../src/components/data/records.js";
import {knn} from "../../src/components/evaluate/knn.js";
import {plainProducts, type Products} from "../../src/components/evaluate/products.js";
import {span, type Rows} from "../../src/components/evaluate/rows.js";
import {rowsFrom} from "../../src/components/train/measure.js";
import {outputs} from "../../src/components/train/predict.js";
import type {Numbers} from "../../src/components/train/protocol.js";
import {writeSafetensors} from "../../src/components/train/safetensors.js";
import type {Batch, Task} from "../../src/components/train/task.js";
import type {Engine} from "../engine.js";
import {writeWhole} from "../record/writeWhole.js";

interface Options {
  view: Task["view"];
  engine: Pick<Engine, "predict">;
  data: DataSet;
  /** Images at a time. */
  batch: number;
  /** The run's own folder. */
  folder: string;
}

/** Of the evaluated records, the first ones: their features are kept. */
const keptRecords = 1000;

const chunk = 2000; // images between two looks at whether to go on

/**
 * How good a run's features are while it goes on: cosine kNN, k = 200, τ = 0.1, of the evaluated records among all training
 * records. Nothing is trained or chosen by it. The features of the first thousand evaluated records stay in the run's
 * folder, for maps over the epochs.
 *
 * @returns a measurement at an epoch; it gives null when `proceed` says no.
 */
export function monitor({view, engine, data, batch, folder}: Options) {
  const {train, test} = data;
  const featuresOf = async (records: Records, proceed: () => Promise<boolean>): Promise<Rows | null> => {
    let all = new Float32Array();
    for (let start = 0; start < records.count; start += chunk) {
      if (!(await proceed())) return null;
      const rows = rowsFrom(start, Math.min(chunk, records.count - start));
      const {data, shape} = await outputs((each: Batch) => engine.predict(each), view, records, {rows, batch});
      if (shape.length !== 2) throw new Error(`train: expected features (N, D) of the task, got (${shape.join(", ")})`);
      if (start === 0) all = new Float32Array(records.count * shape[1]);
      all.set(data as Float32Array, start * shape[1]);
    }
    return {data: all, shape: [records.count, all.length / records.count]};
  };
  return async (epoch: number, proceed: () => Promise<boolean>): Promise<Numbers | null> => {
    const tested = await featuresOf(test, proceed);
    const known = tested && (await featuresOf(train, proceed));
    if (!known) return null;
    await keepFeatures(folder, epoch, span(tested, 0, Math.min(keptRecords, test.count)));
    const {products, release} = await quickestProducts();
    const [from, to] = [
      {features: known, labels: train.labels},
      {features: tested, labels: test.labels}
    ];
    const {accuracy} = await knn(from, to, train.classes.length, {products}).finally(release);
    return {knn: accuracy};
  };
}

/** `features/epoch-0005.safetensors`: one tensor `features` (N, D) in float16. */
export async function keepFeatures(folder: string, epoch: number, {data, shape}: Rows): Promise<void> {
  const path = join(folder, "features", `epoch-${String(Math.round(epoch)).padStart(4, "0")}.safetensors`);
  const tensors = new Map([["features", {dtype: "F16" as const, shape: [...shape], data: Float32Array.from(data)}]]);
  await writeWhole(path, writeSafetensors({tensors, metadata: new Map()}));
}

/** onnxruntime's, where it can be loaded. */
async function quickestProducts(): Promise<{products: Products; release(): Promise<void>}> {
  const native = await import("../probe/products.js").then(
    ({nativeProducts}) => nativeProducts(),
    () => null
  );
  return {products: native ?? plainProducts, release: async () => native?.release()};
}
