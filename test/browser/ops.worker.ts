import * as tf from "@tensorflow/tfjs";
import {useBackend, type BackendReport} from "../../src/components/ops/backend.js";
import type {BackendRequest} from "../../src/components/ops/backendChoice.js";
import type {Message} from "../../tools/bench/inWorker.js";
import {cases, distance, evaluate} from "../ops/cases.js";

export interface OpsResult {
  report: BackendReport;
  /** navigator.hardwareConcurrency before the backend started and after. */
  cores: [number, number];
  /** By case: how far the value, and then the gradient for each input, are from cpu's. */
  distances: Record<string, number[]>;
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
    const distances: Record<string, number[]> = {};
    const tensors = tf.memory().numTensors;
    for (const [name, one] of Object.entries(cases)) {
      const numbers = await evaluate(one);
      distances[name] = numbers.map((list, i) => distance(list, reference[name][i]));
    }
    const leaked = tf.memory().numTensors - tensors;
    post({result: {report, cores: [before, navigator.hardwareConcurrency], distances, leaked}});
  } catch (error) {
    post({error: String(error)});
  }
};
