import {createHash} from "node:crypto";
import {readdir, readFile, rename, rm} from "node:fs/promises";
import {join} from "node:path";
import {packCheckpoint, unpackCheckpoint, type Checkpoint} from "../../src/components/train/checkpoint.js";
import {sentence} from "../../src/components/train/sentence.js";
import {flushFolder, writeWhole} from "../record/writeWhole.js";

/** How many checkpoints a run keeps: the newest, and the one to fall back to. */
const kept = 2;

/** What `readNewest` found. */
export interface Found<Log> {
  checkpoint: Checkpoint;
  log: Log;
}

/**
 * Keeps a checkpoint, and what the run wants to remember beside it, in a folder of its own below `folder`.
 *
 * The folder's name holds the step and the SHA-256 of what is in it. It is written under another name, every file is
 * flushed to the disk, and then it is renamed, so that at any moment there is a whole checkpoint or none.
 */
export async function writeCheckpoint(folder: string, checkpoint: Checkpoint, log: unknown): Promise<void> {
  const state = packCheckpoint(checkpoint);
  const text = Buffer.from(JSON.stringify(log));
  const name = `step-${String(checkpoint.step).padStart(8, "0")}-${digestOf(state, text)}`;
  const unfinished = join(folder, `unfinished-${process.pid}`);
  await rm(unfinished, {recursive: true, force: true});
  await writeWhole(join(unfinished, stateFile), state);
  await writeWhole(join(unfinished, logFile), text);
  await rm(join(folder, name), {recursive: true, force: true}); // the same step once more, after a resume
  await rename(unfinished, join(folder, name));
  await flushFolder(folder);
  for (const old of (await stepsIn(folder)).slice(kept)) await rm(join(folder, old), {recursive: true});
}

/**
 * The newest whole checkpoint of a folder, or null if there is none. One that is damaged, or that something else has
 * written, is named in a notice and passed over.
 */
export async function readNewest<Log>(folder: string, notice: (message: string) => void): Promise<Found<Log> | null> {
  for (const name of await stepsIn(folder)) {
    try {
      return await read<Log>(folder, name);
    } catch (error) {
      notice(`${join(folder, name)} is passed over: ${sentence(error)}`);
    }
  }
  return null;
}

const stateFile = "state.safetensors";
const logFile = "log.json";

async function read<Log>(folder: string, name: string): Promise<Found<Log>> {
  const [state, text] = await Promise.all([stateFile, logFile].map((file) => readFile(join(folder, name, file))));
  const digest = digestOf(state, text);
  if (!name.endsWith(digest)) throw new Error(`expected content with the digest in its name, got ${digest}`);
  return {checkpoint: unpackCheckpoint(state), log: JSON.parse(text.toString()) as Log};
}

/** The checkpoints' names, newest first. */
async function stepsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /^step-\d{8}-[0-9a-f]{16}$/.test(name)).sort((a, b) => (a < b ? 1 : -1));
}

const digestOf = (...parts: Uint8Array[]): string =>
  parts
    .reduce((hash, part) => hash.update(part), createHash("sha256"))
    .digest("hex")
    .slice(0, 16);
