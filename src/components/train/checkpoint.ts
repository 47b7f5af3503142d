import type {RunSpec, Tag} from "./protocol.js";
import type {Snapshot} from "./run.js";
import {runSpec} from "./runSpec.js";
import {readSafetensors, writeSafetensors} from "./safetensors.js";
import type {Block} from "./task.js";
import type {Totals} from "./totals.js";
import {isTrained, torchName} from "./torchLayout.js";
import {fromTorchTensors, pathsIn, torchTensors} from "./torchTensors.js";

/** A snapshot of a run, with the run it is of. */
export interface Checkpoint extends Snapshot {
  spec: RunSpec;
  tag: Tag;
}

const format = "deep-learning-mastery checkpoint 1";

/**
 * A checkpoint as a safetensors file. The same bytes are kept in the browser and exported.
 *
 * Parameters and statistics stand under torchvision's names and in its layouts, so that PyTorch loads them:
 * `load_state_dict(load_file(path), strict=False)`. The words `params` and `stats` are left out of a leaf's path, and
 * a parameter called weight is transposed, (kh, kw, I, O) → (O, I, kh, kw) and (I, O) → (O, I), unless it is an
 * embedding's. All else, such as moments, keeps its path and layout; strict=False lets PyTorch pass over it.
 * `__metadata__` holds the run's spec, step, epoch, seed, tag, the sums of the open epoch and each tensor's path.
 *
 * @throws Error if two leaves would have one name.
 */
export function packCheckpoint({spec, step, epoch, tag, totals, state}: Checkpoint): Uint8Array<ArrayBuffer> {
  const {tensors, paths} = torchTensors("packCheckpoint", state);
  const about = {spec, step, epoch, seed: spec.seed, tag, totals, paths};
  const metadata = Object.entries(about).map(([name, value]): [string, string] => [
    name,
    typeof value === "string" ? value : JSON.stringify(value)
  ]);
  return writeSafetensors({tensors, metadata: new Map([["format", format], ...metadata])});
}

/**
 * Reads what `packCheckpoint` wrote. Nothing in the file is trusted.
 *
 * @throws Error with one sentence if the file is not such a checkpoint.
 */
export function unpackCheckpoint(file: Uint8Array): Checkpoint {
  const {tensors, metadata} = readSafetensors(file);
  if (metadata.get("format") !== format)
    throw new Error(`unpackCheckpoint: expected "${format}", got a safetensors file of another origin`);
  const field = <T>(name: string, parse: (text: string) => T | undefined): T => {
    const text = metadata.get(name) ?? "";
    const value = attempt(parse, text);
    if (value === undefined) throw new Error(`unpackCheckpoint: expected another ${name}, got "${text.slice(0, 60)}"`);
    return value;
  };
  return {
    spec: field("spec", runSpec),
    step: field("step", numberIn),
    epoch: field("epoch", numberIn),
    tag: field("tag", (text) => tags.find((tag) => tag === text)),
    totals: field("totals", totalsIn),
    state: fromTorchTensors("unpackCheckpoint", {tensors, paths: field("paths", pathsIn)})
  };
}

/** The parameters and statistics alone, under torchvision's names but in our layouts: what pages look at. */
export function weightsOf({state}: Checkpoint): Record<string, Block> {
  return Object.fromEntries(
    [...state].filter(([path]) => isTrained(path)).map(([path, block]) => [torchName(path), block])
  );
}

function attempt<T>(parse: (text: string) => T | undefined, text: string): T | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

const tags: Tag[] = ["epoch", "done", "stopped", "failed", "imported"];

const atLeastZero = (value: unknown): value is number => typeof value === "number" && value >= 0;

const numberIn = (text: string): number | undefined => [JSON.parse(text)].find(atLeastZero);

function totalsIn(text: string): Totals | undefined {
  const {steps, sums} = JSON.parse(text) as Totals;
  return atLeastZero(steps) && Object.values(sums).every((sum) => typeof sum === "number") ? {steps, sums} : undefined;
}
