import * as tf from "@tensorflow/tfjs";
import {readFile} from "node:fs/promises";
import {resolve} from "node:path";
import {parseArgs} from "node:util";
import {loadWeights} from "../src/components/train/loadWeights.js";
import {sentence} from "../src/components/train/sentence.js";
import {unpackWeights} from "../src/components/train/weights.js";
import {agreement} from "./export/check.js";
import {exportModel} from "./export/model.js";
import {encodeModel} from "./native/onnx/model.js";
import {taskModuleOf} from "./record/taskModule.js";
import {writeWhole} from "./record/writeWhole.js";

const usage = `npm run export -- WEIGHTS.safetensors --to MODEL.onnx

    images (N, 3, 32, 32) float32 on [0, 1]  →  logits (N, K), any N, ONNX operator set 17`;

/** Relative to the largest logit: sums in another order, and nothing else. */
const allowed = 1e-4;

async function main(words: string[]): Promise<void> {
  const {positionals, values} = parseArgs({args: words, allowPositionals: true, options: {to: {type: "string"}}});
  if (positionals.length !== 1 || !values.to) return console.log(usage);
  const {module, config, state: weights} = unpackWeights(await readFile(fromHere(positionals[0])));
  const {default: taskOf} = await taskModuleOf(module, "export");
  tf.enableProdMode();
  await tf.setBackend("cpu");
  const task = taskOf(config);
  const state = await loadWeights(task, weights);
  const graph = exportModel(task, state);
  const model = encodeModel(graph);
  for (const {count, largest, difference} of await agreement(model, task, state, [1, 3])) {
    console.log(
      `${count} image${count === 1 ? "" : "s"}: onnxruntime's logits differ from the library's by at most ` +
        `${difference.toExponential(1)}, the largest logit is ${largest.toFixed(2)}`
    );
    if (!(difference <= allowed * largest))
      throw new Error(`export: expected a difference of at most ${allowed} of the largest logit, got a larger one`);
  }
  await writeWhole(fromHere(values.to), model);
  console.log(
    `${values.to}: ${(model.length / 1e6).toFixed(1)} MB, ${graph.nodes.length} operators\n${usage.split("\n\n")[1]}`
  );
}

/** npm runs a script in the project's folder, whichever folder the command was given in. */
const fromHere = (path: string) => resolve(process.env.INIT_CWD ?? ".", path);

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(process.env.DEBUG ? error : sentence(error));
  process.exitCode = 1;
});
