import {spawnSync} from "node:child_process";
import {loadavg} from "node:os";
import {fileURLToPath} from "node:url";
import * as tf from "@tensorflow/tfjs";
import {fastestDialect} from "../../headless/native/dialect.js";
import {nativeTensor, openSession} from "../../headless/native/session.js";
import {inputName, trace, type Tensors} from "../../headless/native/trace/trace.js";
import {rng} from "../../src/components/math/random.js";
import {conv2d} from "../../src/components/ops/conv2d.js";
import {matMul} from "../../src/components/ops/matMul.js";
import {drawing} from "./drawing.js";
import {experiments, openExperiment, type Experiment} from "./nativeSteps.js";
import {median} from "./rounds.js";
import {openTorch, pythonWithTorch, type TorchStep} from "./torch.js";

/**
 * Training steps as onnxruntime runs them, next to what the same cores reach in one product and one convolution, and to the
 * same steps in PyTorch: the two take turns, so that both meet the same other work on the machine.
 */
export async function native(rounds: number): Promise<void> {
  await tf.setBackend("cpu");
  const python = pythonWithTorch();
  const load = loadavg()[0].toFixed(1);
  console.log(`Median of ${rounds} rounds after one that does not count; load average at the start ${load}`);
  if (!python) console.log("No python3 here has torch: PyTorch is left out");
  const side = 2048;
  await ceiling("matmul 2048³", {a: [side, side], b: [side, side]}, rounds, ({a, b}) => matMul(a, b));
  const images = [128, 32, 32, 64];
  await ceiling("convolution 3×3, 64 → 64, batch 128", {x: images, w: [3, 3, 64, 64]}, rounds, ({x, w}) =>
    conv2d(x, w, {padding: 1})
  );
  console.log(`peak memory of the step of ${experiments[0].name}: ${peak()} MB`);
  console.log(`a batch of 128 is drawn and augmented in ${drawing(rounds).toFixed(1)} ms, in a thread beside the step`);
  for (const experiment of experiments) await compare(experiment, python, rounds);
}

const rate = (flops: number, milliseconds: number) => `${(flops / milliseconds / 1e6).toFixed(0)} GFLOP/s`;

async function compare(experiment: Experiment, python: string | null, rounds: number): Promise<void> {
  const ours = await openExperiment(experiment);
  const torch = python ? await openTorch(python, experiment.torch) : null;
  const times: {ours: number[]; torch: number[]} = {ours: [], torch: []};
  for (let round = -1; round < rounds; ++round) {
    const [mine, theirs] = [await ours.run(), await torch?.run()];
    if (round < 0) continue;
    times.ours.push(mine);
    if (theirs !== undefined) times.torch.push(theirs);
  }
  await ours.release();
  torch?.close();
  const milliseconds = median(times.ours);
  const images = ((experiment.images / milliseconds) * 1e3).toFixed(1);
  const speed = `${milliseconds.toFixed(0)} ms a step, ${images} images/s, ${rate(ours.flops, milliseconds)}`;
  console.log(`${experiment.name}: ${speed}${torch ? against(torch, median(times.torch), milliseconds) : ""}`);
}

const against = ({version}: TorchStep, theirs: number, ours: number) =>
  `; ${version} ${theirs.toFixed(0)} ms: ours is ${(theirs / ours).toFixed(2)} times as fast`;

/** In a process of its own: this one has held other things. */
function peak(): string {
  const script = fileURLToPath(new URL("nativePeak.ts", import.meta.url));
  const {stdout} = spawnSync(process.execPath, [...process.execArgv, script], {encoding: "utf8"});
  return Number(stdout.trim().split("\n").at(-1)).toFixed(0);
}

async function ceiling(
  name: string,
  shapes: Record<string, number[]>,
  rounds: number,
  f: (tensors: Tensors) => tf.Tensor
): Promise<void> {
  const blocks = Object.entries(shapes).map(([key, shape]) => {
    const data = rng(4).normal(shape.reduce((product, n) => product * n, 1));
    return [key, {data, shape, dtype: "float32" as const}] as const;
  });
  // Its sum alone is handed out, which is read and cheap.
  const dialect = await fastestDialect();
  const {graph, flops} = trace((tensors) => ({sum: tf.sum(f(tensors))}), Object.fromEntries(blocks), dialect);
  const session = await openSession(graph);
  const feeds = Object.fromEntries(blocks.map(([key, block]) => [inputName(key), nativeTensor(block)]));
  const times: number[] = [];
  for (let round = -1; round < rounds; ++round) {
    const start = performance.now();
    await session.run(feeds);
    if (round >= 0) times.push(performance.now() - start);
  }
  console.log(`${name}: ${median(times).toFixed(1)} ms, ${rate(flops, median(times))}`);
  await session.release();
}
