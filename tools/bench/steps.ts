import {cpus, loadavg} from "node:os";
import * as tf from "@tensorflow/tfjs";
import {nativeEngine} from "../../headless/engines/native.js";
import {recipes} from "../../headless/recipes/index.js";
import {batchesOf} from "../../headless/run/batches.js";
import {experiment} from "../../headless/run/experiment.js";
import type {Records} from "../../src/components/data/records.js";
import {rng} from "../../src/components/math/random.js";
import {begin} from "../../src/components/train/begin.js";
import type {StepTime, StepTimes} from "../../src/week2/stepTime.js";
import {median} from "./rounds.js";
import {writeModule} from "./writeModule.js";

type Step = Omit<StepTime, "milliseconds">;

const of = (recipe: string, changes: string[][], side = 32): Step[] => changes.map((set) => ({recipe, set, side}));

const residual = [
  ["config.width=16"],
  ["config.width=16", "config.nesterov=off"],
  ["config.width=16", "config.shortcuts=off"],
  ["config.width=32"],
  []
];

/** What takes turns; of one group at a time, so that not all of them stand in memory. */
const groups: Step[][] = [
  of(
    "optimizer-benchmarks",
    ["sgd", "rmsprop", "adam", "adamw", "sam"].map((name) => [`config.algorithm=${name}`])
  ),
  of("cnn-architectures", [
    [],
    ["config.network=convnext", "config.width=48"],
    ["config.network=efficientnet", "config.width=16"]
  ]),
  ...[16, 24, 32].map((side) => of("resnet-from-scratch", residual, side))
];

/**
 * Training steps of the recorded runs whose costs pages compare, on one thread: the steps of a group take turns, so that all
 * meet the same other work on the machine.
 *
 * @param record whether the pages are to show the results from now on.
 */
export async function steps(rounds: number, record = false): Promise<void> {
  await tf.setBackend("cpu"); // where the first states are drawn
  const before = loadavg()[0];
  const measured: StepTime[] = [];
  for (const group of groups) measured.push(...(await inTurns(group, rounds)));
  const load = [before, loadavg()[0]].map((value) => value.toFixed(1)).join(" before and ");
  console.log(`Median of ${rounds} rounds after one that does not count; load average ${load} after`);
  if (!record) return;
  const times: StepTimes = {
    command: `npm run bench -- steps --rounds ${rounds} --record`,
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus()[0].model}, ${engineName}`,
    batch,
    steps: measured
  };
  await writeModule(
    "src/week2/recordedSteps.ts",
    `import type {StepTimes} from "./stepTime.js";

/** What \`npm run bench -- steps --record\` measured last; it writes this file. */
export const recordedSteps: StepTimes = ${JSON.stringify(times)};
`
  );
}

const batch = 128;
let engineName = "";

async function inTurns(group: Step[], rounds: number): Promise<StepTime[]> {
  const contenders = [];
  for (const step of group) contenders.push({step, ...(await opened(step)), times: [] as number[]});
  for (let round = -1; round < rounds; ++round)
    for (const {run, times} of contenders) {
      const start = performance.now();
      await run();
      if (round >= 0) times.push(performance.now() - start);
    }
  const measured = contenders.map(({step, times}) => ({...step, milliseconds: +median(times).toPrecision(4)}));
  for (const {recipe, set, side, milliseconds} of measured)
    console.log(`${recipe} ${set.join(" ")}, ${side} px: ${milliseconds} ms`);
  for (const {release} of contenders) await release();
  return measured;
}

/** A step on one batch of its recipe's own form, from the recipe's own beginning. */
async function opened({recipe, set, side}: Step) {
  const chosen = experiment(recipe, recipes[recipe], {set, batch});
  const {module, config, stages = []} = chosen.constants;
  const records = noise(batch);
  const at = stages.findIndex((stage) => stage.config.size === side);
  const before = at > 0 ? stages[at - 1].until : at < 0 ? Math.max(0, ...stages.map(({until}) => until)) : 0;
  const drawn = batchesOf(chosen, records)(before); // an epoch of noise is one step
  const task = module.default(config);
  const state = begin(task, chosen.seed);
  const engine = await nativeEngine(task, state, {threads: 1});
  tf.dispose(state);
  engineName = engine.name;
  return {run: () => engine.step(drawn, 1e-3), release: () => engine.release()};
}

/** Images that cost what any others cost. */
function noise(count: number): Records {
  const [height, width, channels] = [32, 32, 3];
  const draw = rng(1);
  return {
    images: Uint8Array.from(draw.integers(count * height * width * channels, 256)),
    labels: Uint8Array.from(draw.integers(count, 10)),
    ...{count, height, width, channels, note: "", digest: ""},
    classes: Array.from({length: 10}, (_, i) => String(i))
  };
}
