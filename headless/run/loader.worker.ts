import {parentPort, workerData} from "node:worker_threads";
import {sentence} from "../../src/components/train/sentence.js";
import {batchesOf} from "./batches.js";
import type {Loaded, LoaderData} from "./loader.js";
import {recipes} from "../recipes/index.js";

const {experiment, records} = workerData as LoaderData;
const {module} = recipes[experiment.recipe];
const batchOf = batchesOf({...experiment, constants: {...experiment.constants, module}}, records);

parentPort!.on("message", (step: number) => {
  try {
    const batch = batchOf(step);
    const buffers = Object.values(batch).map(({data}) => data.buffer as ArrayBuffer);
    parentPort!.postMessage({step, batch} satisfies Loaded, [...new Set(buffers)]);
  } catch (error) {
    parentPort!.postMessage({step, message: sentence(error)} satisfies Loaded);
  }
});
