import {spawn, type ChildProcess} from "node:child_process";
import {mkdtemp, readFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {parseRunRecord, type RunRecord} from "../../src/components/data/runRecord.js";
import {rng} from "../../src/components/math/random.js";
import {store} from "../../tools/data/shards.js";

/** A folder for runs and one for data, both empty. */
export async function folders(): Promise<{RUNS_DIR: string; DATA_DIR: string}> {
  const root = await mkdtemp(join(tmpdir(), "train-"));
  return {RUNS_DIR: join(root, "runs"), DATA_DIR: join(root, "data")};
}

export interface Ended {
  code: number | null;
  /** Both streams as they came. */
  output: string;
}

/** Starts `npm run train` with the given words; `watch` sees all output so far whenever there is more. */
export function train(
  words: string[],
  environment: Record<string, string>,
  watch: (output: string, child: ChildProcess) => void = () => {}
): Promise<Ended> {
  const child = spawn(process.execPath, ["--import", "tsx", "headless/train.ts", ...words], {
    env: {...process.env, ...environment}
  });
  let output = "";
  const heard = (part: Buffer) => {
    output += part.toString();
    watch(output, child);
  };
  child.stdout.on("data", heard);
  child.stderr.on("data", heard);
  return new Promise((resolve) => child.on("close", (code) => resolve({code, output})));
}

export const recordIn = async (folder: string, name: string): Promise<RunRecord> =>
  parseRunRecord(JSON.parse(await readFile(join(folder, "runs", `${name}.json`), "utf8")));

/** What two runs of the same experiment must agree in: curve, results, weights and logits, but not times. */
export const course = ({epochs, final, weights, logits, flops}: RunRecord) => ({
  ...{final, flops, weights: weights!.digest, logits: logits!.digest},
  epochs: epochs.map(({epoch, train, test, rate}) => ({epoch, train, test, rate}))
});

/** CIFAR-10's form with images of noise. */
export async function noise(dataFolder: string, train: number, test: number): Promise<void> {
  const block = (count: number, seed: number) => {
    const bytes = Uint8Array.from(rng(seed).integers(count * 3073, 256));
    for (let i = 0; i < count; ++i) bytes[i * 3073] = i % 10;
    return bytes;
  };
  const about = {name: "cifar10", digest: "0".repeat(64), official: false, note: "noise", classes: [..."abcdefghij"]};
  const geometry = {height: 32, width: 32, channels: 3, layout: "NHWC" as const};
  await store(
    join(dataFolder, "cifar10"),
    {...about, ...geometry},
    {train: [block(train, 1)], test: [block(test, 2)]},
    () => {}
  );
}
