import {fileURLToPath} from "node:url";
import {inWorker} from "../../tools/bench/inWorker.js";
import type {StepsRequest, StepsResult} from "./opsSteps.worker.js";

const entry = fileURLToPath(new URL("opsSteps.worker.ts", import.meta.url));

/** Steps of a run on WebGPU, in Chromium. */
export const stepsOf = (request: StepsRequest): Promise<StepsResult> =>
  inWorker<StepsResult>(entry, request, () => undefined);
