import * as tf from "@tensorflow/tfjs";
import {readFile} from "node:fs/promises";
import {resolve} from "node:path";
import {parseArgs} from "node:util";
import {parseRunRecord} from "../src/components/data/runRecord.js";
import {loadWeights} from "../src/components/train/loadWeights.js";
import {sentence} from "../src/components/train/sentence.js";
import {probeSource} from "./probe/source.js";
import {taskModuleOf} from "./record/taskModule.js";
import {writeWhole} from "./record/writeWhole.js";
import {loadData} from "./run/data.js";
import type {Experiment} from "./run/experiment.js";
import {lossSharpness} from "./sharpness/measure.js";

const usage = `npm run sharpness -- WEIGHTS.safetensors | RUN-FOLDER
                                     the largest eigenvalue of the training loss's Hessian
    --images N                       the loss is a mean over the first N training images, 2000 unless told
    --step H                         of the finite differences, 0.01 unless told
    --data DIR|FILE  --unofficial    as npm run train has it; --note TEXT
    --threads N                      one a core unless told

The result goes into the run's record where one lies beside the weights: ../runs/NAME.json.`;

const options = {
  images: {type: "string"},
  step: {type: "string"},
  data: {type: "string"},
  unofficial: {type: "boolean"},
  note: {type: "string"},
  threads: {type: "string"}
} as const;

const say = (line: string) => console.error(line);

async function main(words: string[]): Promise<void> {
  const {positionals, values} = parseArgs({args: words, options, allowPositionals: true});
  if (positionals.length !== 1) return console.log(usage);
  const source = await probeSource(resolve(process.env.INIT_CWD ?? ".", positionals[0]), say);
  const {module: path, config, name, record} = source;
  const module = await taskModuleOf(path, "sharpness");
  const {train} = await loadData({constants: {module, config}} as Experiment, values);
  tf.enableProdMode();
  await tf.setBackend("cpu");
  const task = module.default(config);
  const [images, step, threads] = (["images", "step", "threads"] as const).map((each) => numberOf(each, values[each]));
  const state = await loadWeights(task, source.state);
  const found = await lossSharpness({task, state, train}, {images, step, engine: {threads, notice: say}});
  const {eigenvalue, residual, iterations} = found;
  console.log(
    `${name}: λ₁ = ${eigenvalue.toPrecision(4)}, an eigenvalue to within ${residual.toPrecision(2)}, after ${iterations} products, ` +
      `on the loss of ${found.images} training images`
  );
  if (record) await addTo(record, found);
}

/** Adds the result to a run's record, in place of an earlier one. */
async function addTo(path: string, sharpness: Record<string, number>): Promise<void> {
  const record = parseRunRecord(JSON.parse(await readFile(path, "utf8")));
  const added = parseRunRecord({...record, final: {...record.final, sharpness}});
  await writeWhole(path, `${JSON.stringify(added, null, 2)}\n`);
  console.log(`Added to ${path}`);
}

function numberOf(name: string, text?: string): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  const whole = name === "step" || Number.isInteger(value);
  if (!(value > 0 && whole)) throw new Error(`sharpness: expected a number above 0 as --${name}, got "${text}"`);
  return value;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(process.env.DEBUG ? error : sentence(error));
  process.exitCode = 1;
});
