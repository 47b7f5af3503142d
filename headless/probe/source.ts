import {createHash} from "node:crypto";
import {readdir, readFile, stat} from "node:fs/promises";
import {basename, dirname, join} from "node:path";
import type {Arrays} from "../../src/components/train/arrays.js";
import {isTrained} from "../../src/components/train/torchLayout.js";
import {unpackWeights, type Weights} from "../../src/components/train/weights.js";
import {readNewest} from "../run/checkpoints.js";

/** Weights to be probed. */
export interface ProbeSource extends Weights {
  /** The run's name, or the file's. */
  name: string;
  /** The record that the run has left beside its weights, if it has. */
  record: string | null;
}

/**
 * The weights of a file, or of a run's folder: those recorded there, else the parameters of its newest checkpoint.
 *
 * @throws Error in one sentence if there are none.
 */
export async function probeSource(path: string, notice: (message: string) => void): Promise<ProbeSource> {
  const there = await stat(path).catch(() => null);
  if (!there) throw new Error(`probe: expected weights or a run's folder, got nothing at ${path}`);
  if (!there.isDirectory()) return fromFile(path);
  const recorded = (await readdir(join(path, "weights")).catch(() => [])).filter((name) => /(?<!-logits)\.safetensors$/.test(name)); // prettier-ignore
  if (recorded.length > 1)
    throw new Error(`probe: expected one file of weights in ${path}/weights, got ${recorded.join(", ")}`);
  if (recorded.length === 1) return fromFile(join(path, "weights", recorded[0]));
  const folders = [
    path,
    ...(await readdir(path)).filter((name) => /^falling-to-/.test(name)).map((name) => join(path, name))
  ];
  const found = await Promise.all(folders.map((folder) => readNewest(folder, notice)));
  const newest = found.reduce((a, b) => (b && b.checkpoint.step > (a?.checkpoint.step ?? -1) ? b : a));
  if (!newest) throw new Error(`probe: expected weights or a checkpoint in ${path}, got neither`);
  const {spec, state, step} = newest.checkpoint;
  const trained = new Map([...state].filter(([path]) => isTrained(path)));
  return {
    module: spec.module,
    config: spec.config,
    state: trained,
    name: `${basename(path)}-step-${step}`,
    record: null
  };
}

async function fromFile(path: string): Promise<ProbeSource> {
  const name = basename(path, ".safetensors");
  const record = join(dirname(path), "..", "runs", `${name}.json`);
  const recorded = await stat(record).catch(() => null);
  return {...unpackWeights(await readFile(path)), name, record: recorded ? record : null};
}

/** SHA-256 of parameters and statistics, whatever else the state holds. */
export function digestOf(state: Arrays): string {
  const hash = createHash("sha256");
  for (const [path, {data, shape}] of [...state].sort(([a], [b]) => (a < b ? -1 : 1)))
    if (isTrained(path))
      hash.update(`${path} ${shape} `).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return hash.digest("hex");
}
