import {parseArgs} from "node:util";
import {sentence} from "../src/components/train/sentence.js";
import {backends, type Backend} from "./engines/open.js";
import {list} from "./run/list.js";
import {train, type TrainOptions} from "./run/trainer.js";

const usage = `npm run train -- --list              the recipes
npm run train -- RECIPE              trains one and records it
    --epochs N  --steps N            how long, instead of the recipe's epochs
    --seed S    --batch B  --width W
    --set PATH=VALUE                 changes another constant of the recipe, for example schedule.rate=0.2
    --validate                       holds 5,000 training images out and evaluates on them: for tuning
    --data DIR|FILE  --unofficial    a data folder, or an archive to unpack; --note TEXT says what it is
    --backend native|wasm|webgpu     native unless told; --threads N, one a core unless told
    --out DIR                        where record and weights go; src/data puts them on the pages
    --no-weights                     the record alone, without weights and logits
    --name NAME                      of the run, instead of the recipe's name and the seed
    --save-every MINUTES             also inside an epoch; 10 unless told
    --resume                         goes on from the newest checkpoint, or begins`;

const options = {
  list: {type: "boolean"},
  epochs: {type: "string"},
  steps: {type: "string"},
  seed: {type: "string"},
  batch: {type: "string"},
  width: {type: "string"},
  set: {type: "string", multiple: true},
  validate: {type: "boolean"},
  data: {type: "string"},
  unofficial: {type: "boolean"},
  note: {type: "string"},
  backend: {type: "string"},
  threads: {type: "string"},
  out: {type: "string"},
  "no-weights": {type: "boolean"},
  name: {type: "string"},
  "save-every": {type: "string"},
  resume: {type: "boolean"}
} as const;

async function main(words: string[]): Promise<void> {
  const {values, positionals} = parsed(words);
  if (values.list || !positionals.length) return console.log(`${list()}\n\n${usage}`);
  if (positionals.length > 1) throw new Error(`train: expected one recipe, got ${positionals.join(" ")}`);
  const numeric = Object.fromEntries(
    (["epochs", "steps", "seed", "batch", "width", "threads", "save-every"] as const).map((name) => [
      name === "save-every" ? "saveEvery" : name,
      numberOf(name, values[name])
    ])
  );
  const {backend} = values;
  if (backend !== undefined && !backends.includes(backend as Backend))
    throw new Error(`train: expected ${backends.join(", ")} as --backend, got ${backend}`);
  const command = `npm run train -- ${words
    .filter((word) => word !== "--resume")
    .map(quoted)
    .join(" ")}`;
  await train(positionals[0], {...values, ...numeric, weights: !values["no-weights"], command} as TrainOptions);
}

/** A word as a shell takes it. */
const quoted = (word: string) => (/^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

function parsed(words: string[]) {
  try {
    return parseArgs({args: words, options, allowPositionals: true});
  } catch (error) {
    throw new Error(`train: ${sentence(error).split(". ")[0]}\n\n${usage}`, {cause: error});
  }
}

function numberOf(name: string, text?: string): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(text.trim() && value >= 0 && value < Infinity))
    throw new Error(`train: expected a number as --${name}, got "${text}"`);
  return value;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(process.env.DEBUG ? error : sentence(error));
  process.exitCode = 1;
});
