import * as tf from "@tensorflow/tfjs";
import {openEngine, type Backend} from "../../../headless/engines/open.js";
import {entries} from "../../../src/components/tensor/tree.js";
import {sentence} from "../../../src/components/train/sentence.js";
import {batchOf, residual, start} from "./residual.js";

// Three steps on the backend that is named, or on what is chosen, in a process of their own; the result as JSON.
async function steps(backend?: Backend) {
  await tf.setBackend("cpu");
  const notices: string[] = [];
  const state = start();
  const engine = await openEngine(residual, state, {backend, notice: (said) => notices.push(said)});
  const metrics = [];
  for (const step of [0, 1, 2]) metrics.push(await engine.step(batchOf(step, {size: 16, records: 4}), 1e-3));
  const arrays = await engine.state();
  const leaves = entries(state).map(([path]) => [path, Array.from(arrays.get(path)!.data)]);
  const {name, flops} = engine;
  await engine.release();
  return {name, flops, notices, metrics, leaves};
}

steps(process.argv[2] as Backend | undefined).then(
  (result) => process.stdout.write(JSON.stringify(result)),
  (error: unknown) => process.stdout.write(JSON.stringify({error: sentence(error)}))
);
