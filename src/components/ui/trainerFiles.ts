import type {Compute} from "../train/compute.js";
import {moduleName} from "../train/moduleName.js";
import {element} from "./element.js";
import type {Offer} from "./trainerOffers.js";

/** Hands a checkpoint to the reader as a file: tensors and configuration in one `.safetensors`. Returns its name. */
export async function exportFile(
  compute: Pick<Compute, "exportCheckpoint">,
  name: string,
  offer: Offer
): Promise<string> {
  const file = `${name}-epoch-${Number(offer.epoch.toFixed(1))}-seed-${offer.spec.seed}.safetensors`;
  const url = URL.createObjectURL(await compute.exportCheckpoint(offer.key));
  element("a", {href: url, download: file}).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // a download that has begun by then needs it no longer
  return file;
}

/**
 * Takes a file in as a checkpoint of this page. A file that is none, or another page's, leaves everything as it was.
 *
 * @throws Error in one sentence that names the file and what it is instead.
 */
export async function importFile(
  compute: Pick<Compute, "importCheckpoint" | "checkpoints" | "forget">,
  module: string,
  file: File
): Promise<void> {
  const before = new Set((await compute.checkpoints()).map(({key}) => key));
  const {key, spec} = await compute.importCheckpoint(file);
  if (moduleName(spec.module) === moduleName(module)) return;
  if (!before.has(key)) await compute.forget(key);
  throw new Error(
    `${file.name} holds a checkpoint of ${moduleName(spec.module)}; this page trains ${moduleName(module)}.`
  );
}
