import {browserSource, catalogue} from "../components/data/catalogue.js";
import {CIFAR10_CLASSES} from "../components/data/cifar10.js";
import type {RecordedFile, RunRecord} from "../components/data/runRecord.js";
import {accuracy, calibration, confusion, mistakes, type Mistake} from "../components/evaluate/metrics.js";
import {readWeight, unpackLogits} from "../components/train/weights.js";
import {filterImages, type Filters} from "./resnetResults.js";

/** What a recorded run's logits say; no network is run. */
export interface RecordedResults {
  name: string;
  count: number;
  accuracy: number;
  classes: readonly string[];
  confusion: number[][];
  calibration: ReturnType<typeof calibration>;
  mistakes: Mistake[];
  /** The most frequent confusions, the commonest first. */
  pairs: {label: number; predicted: number; count: number}[];
}

/** Reads the logits of a recorded run from the site. @throws Error if they are not there or not what the record says. */
export async function recordedResults({name, logits}: RunRecord): Promise<RecordedResults> {
  if (!logits) throw new Error(`recordedResults: expected a run with its logits, got ${name}`);
  const {outputs, labels} = unpackLogits(await recordedFile(logits));
  const counts = confusion(outputs, labels);
  return {
    name,
    count: labels.length,
    accuracy: accuracy(outputs, labels),
    classes: CIFAR10_CLASSES,
    confusion: counts,
    calibration: calibration(outputs, labels, 10),
    mistakes: mistakes(outputs, labels, 18),
    pairs: counts
      .flatMap((row, label) => row.map((count, predicted) => ({label, predicted, count})))
      .filter(({label, predicted, count}) => label !== predicted && count > 0)
      .sort((a, b) => b.count - a.count)
      .slice(0, 8)
  };
}

/** Whether this site holds the very file that the run was made with, so that row i is the same image. */
export async function dataIsHere({data}: RunRecord): Promise<boolean> {
  const manifest = await browserSource().open("cifar10/manifest.json");
  return (JSON.parse(new TextDecoder().decode(manifest)) as {digest: string}).digest === data.digest;
}

/** How far a load has come, 0 to 1, and the filters of the stem when it has ended. */
export interface Loading {
  fraction: number;
  filters: Filters | null;
}

/** Loads a recorded run's weights and takes out the stem. Yields as it goes on; ending the generator leaves the load to itself. */
export async function* recordedFilters({name, weights}: RunRecord): AsyncGenerator<Loading> {
  if (!weights) throw new Error(`recordedFilters: expected a run with its weights, got ${name}`);
  let fraction = 0;
  let file: Uint8Array | null = null;
  const loaded = recordedFile(weights, (now) => (fraction = now)).then((bytes) => (file = bytes));
  while (!file) {
    yield {fraction, filters: null};
    await Promise.race([loaded, new Promise((resolve) => setTimeout(resolve, 100))]);
  }
  yield {fraction: 1, filters: filterImages(readWeight(file, "conv1.weight"))};
}

/** A file of the site, which the source holds to the catalogue's digest, and this to the record's. */
async function recordedFile({file, digest}: RecordedFile, advance?: (fraction: number) => void): Promise<Uint8Array> {
  const entry = (await catalogue()).find(({name}) => name === file);
  if (entry?.digest !== digest)
    throw new Error(`recordedFile: expected ${file} with SHA-256 ${digest}, got ${entry?.digest ?? "no such file"}`);
  return new Uint8Array(await browserSource().open(file, advance));
}
