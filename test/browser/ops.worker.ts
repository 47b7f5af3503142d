import * as tf from "@tensorflow/tfjs";
import {useBackend, type BackendReport} from "../../src/components/ops/backend.js";
import type {BackendRequest} from "../../src/components/ops/backendChoice.js";
import type {Message} from "../../tools/bench/inWorker.js";
import {everywhere, useVariants, variants} from "../../src/components/ops/webgpu/variants.js";
import {cases, distance, evaluate, tiledCases} from "../ops/cases.js";

export interface OpsResult {
  report: BackendReport;
  /** navigator.hardwareConcurrency before the backend started and after. */
  cores: [number, number];
  /** By case: how far the value, and then the gradient for each input, are from cpu's. */
  distances: Record<string, number[]>;
  /** The same by variant, for products by tiles on WebGPU. */
  tiled: Record<string, Record<string, number[]>>;
  leaked: number;
}

onmessage = async ({data: request}: MessageEvent<BackendRequest>) => {
  const post = (message: Message<OpsResult>) => postMessage(message);
  try {
    await useBackend("cpu");
    const reference: Record<string, Float32Array[]> = {};
    for (const [name, one] of Object.entries(cases)) reference[name] = await evaluate(one);
    const before = navigator.hardwareConcurrency;
    const report = await useBackend(request);
    const tensors = tf.memory().numTensors;
    const compared = async (names: string[]) => {
      const distances: Record<string, number[]> = {};
      for (const name of names)
        distances[name] = (await evaluate(cases[name])).map((list, i) => distance(list, reference[name][i]));
      return distances;
    };
    const distances = await compared(Object.keys(cases));
    const tiled: OpsResult["tiled"] = {};
    for (const variant of report.name === "webgpu" ? variants.slice(1) : []) {
      useVariants(everywhere(variant));
      tiled[variant] = await compared(tiledCases);
    }
    const leaked = tf.memory().numTensors - tensors;
    post({result: {report, cores: [before, navigator.hardwareConcurrency], distances, tiled, leaked}});
  } catch (error) {
    post({error: String(error)});
  }
};
