import {readFile} from "node:fs/promises";
import {dirname, join, resolve} from "node:path";
import {parseArgs} from "node:util";
import {cifar10} from "../src/components/data/cifar10.js";
import type {DataSet} from "../src/components/data/records.js";
import {packMap, type FeatureMap} from "../src/components/evaluate/featureMap.js";
import {parseRunRecord, type RecordedProbe} from "../src/components/data/runRecord.js";
import {sentence} from "../src/components/train/sentence.js";
import type {TaskModule} from "../src/components/train/task.js";
import {loadData, type DataOptions} from "./run/data.js";
import type {Experiment} from "./run/experiment.js";
import type {Mapped} from "./probe/map.js";
import {probeRows} from "./probe/rows.js";
import type {Scores} from "./probe/scores.js";
import {probeSource} from "./probe/source.js";
import {finalOf, baselineOf, probeTable} from "./probe/table.js";
import {commit} from "./record/commit.js";
import {taskModuleOf} from "./record/taskModule.js";
import {writeWhole} from "./record/writeWhole.js";

const usage = `npm run probe -- WEIGHTS.safetensors | RUN-FOLDER
                                     measures frozen features, beside a random network and raw pixels
npm run probe -- --pixels            CIFAR-10's raw pixels alone
    --data DIR|FILE  --unofficial    as npm run train has it; --note TEXT
    --seeds N  --restarts N          of k-means, 5 and 20 unless told
    --no-baselines                   the weights alone
    --map                            also a map of the features: ../maps/NAME.safetensors beside the weights
    --threads N                      one a core unless told

Results go into the run's record where one lies beside the weights: ../runs/NAME.json.`;

const options = {
  pixels: {type: "boolean"},
  data: {type: "string"},
  unofficial: {type: "boolean"},
  note: {type: "string"},
  seeds: {type: "string", default: "5"},
  restarts: {type: "string", default: "20"},
  "no-baselines": {type: "boolean"},
  map: {type: "boolean"},
  threads: {type: "string"}
} as const;

const parsed = (words: string[]) => parseArgs({args: words, options, allowPositionals: true});
type Values = ReturnType<typeof parsed>["values"];

const say = (line: string) => console.error(line);

async function main(words: string[]): Promise<void> {
  const {positionals, values} = parsed(words);
  if (values.pixels && !positionals.length) return probePixels(values);
  if (positionals.length !== 1 || values.pixels) return console.log(usage);
  const {module: path, config, state, name, record} = await probeSource(fromHere(positionals[0]), say);
  const module = await taskModuleOf(path, "probe");
  if (values.map && !record) throw new Error("probe: expected a recorded run's weights with --map, got others");
  const data = await load(module, config, values);
  const rows = await opened(data, values);
  try {
    const task = module.default(config);
    const table: Record<string, Scores> = {[name]: await rows.trained(task, state)};
    if (!values["no-baselines"]) {
      table["random network"] = await rows.random(task);
      table["raw pixels"] = await rows.pixels();
    }
    show(data, table);
    if (record) await addTo(record, Object.values(table), provenance(words, values));
    if (record && values.map) await writeMap(record, await rows.map(task, state, await mappedOf(record)));
  } finally {
    await rows.release();
  }
}

async function probePixels(values: Values): Promise<void> {
  const data = await load({data: (_, source) => cifar10(source)}, {}, values);
  const rows = await opened(data, values);
  try {
    show(data, {"raw pixels": await rows.pixels()});
  } finally {
    await rows.release();
  }
}

/** What the record says of the probe. */
const provenance = (words: string[], {seeds, restarts}: Values): RecordedProbe => ({
  command: `npm run probe -- ${words.join(" ")}`,
  commit: commit(),
  ...{clusterings: whole("seeds", seeds), restarts: whole("restarts", restarts)}
});

/** The run that a map is of, from its record. */
async function mappedOf(path: string): Promise<Mapped> {
  const {name, epochs, weights} = parseRunRecord(JSON.parse(await readFile(path, "utf8")));
  if (!weights) throw new Error(`probe: expected a record with weights for --map, got ${name} without`);
  return {run: name, weights: weights.digest, lastEpoch: epochs.at(-1)!.epoch};
}

const load = (module: Pick<TaskModule, "data">, config: Record<string, unknown>, values: DataOptions) =>
  loadData({constants: {module, config}} as Experiment, values);

const opened = ({train, test}: DataSet, {seeds, restarts, threads}: Values) =>
  probeRows(
    {train, test},
    {
      ...{classes: train.classes.length, seed: 0, cosine: true},
      ...{clusterings: whole("seeds", seeds), restarts: whole("restarts", restarts)}
    },
    {threads: threads === undefined ? undefined : whole("threads", threads), say}
  );

function show({train, test}: DataSet, table: Record<string, Scores>): void {
  console.log(`\n${train.count} training and ${test.count} test images${train.note && `; ${train.note}`}`);
  console.log(`${probeTable(table)}\n`);
}

/** Adds the results to a run's record, in place of earlier ones. */
async function addTo(path: string, [own, random, raw]: Scores[], probe: RecordedProbe): Promise<void> {
  const record = parseRunRecord(JSON.parse(await readFile(path, "utf8")));
  const baselines = random && {randomNetwork: baselineOf(random), rawPixels: baselineOf(raw)};
  const added = parseRunRecord({...record, final: {...record.final, ...finalOf(own), ...baselines}, probe});
  await writeWhole(path, `${JSON.stringify(added, null, 2)}\n`);
  console.log(`Added to ${path}`);
}

async function writeMap(record: string, map: FeatureMap): Promise<void> {
  const path = join(dirname(record), "..", "maps", `${map.run}.safetensors`);
  await writeWhole(path, packMap(map));
  console.log(`Map in ${path}`);
}

/** npm runs a script in the project's folder, whichever folder the command was given in. */
const fromHere = (path: string) => resolve(process.env.INIT_CWD ?? ".", path);

function whole(name: string, text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value >= 1))
    throw new Error(`probe: expected a whole number as --${name}, got "${text}"`);
  return value;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(process.env.DEBUG ? error : sentence(error));
  process.exitCode = 1;
});
