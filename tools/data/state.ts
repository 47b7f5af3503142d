import {readFile, stat} from "node:fs/promises";
import {join} from "node:path";
import type {Manifest} from "../../src/components/data/cifar10.js";
import {grouped} from "./problem.js";

/** One line on whether a data set is in the folder, whole, and official. */
export async function state(data: string, set: string): Promise<{present: boolean; line: string}> {
  const folder = join(data, set);
  const manifest = await readFile(join(folder, "manifest.json"), "utf8").then(
    (text) => JSON.parse(text) as Manifest,
    () => undefined
  );
  if (!manifest) return {present: false, line: `not there; npm run data -- ${set} gets it`};
  for (const {name, bytes} of Object.values(manifest.splits).flatMap((split) => split.shards)) {
    const size = await stat(join(folder, name)).then(
      (found) => found.size,
      () => undefined
    );
    if (size !== bytes)
      return {
        present: false,
        line: `damaged: expected ${name} with ${grouped(bytes)} bytes, got ${size === undefined ? "no file" : grouped(size)}`
      };
  }
  const {train, test} = manifest.splits;
  const images = `${grouped(train.count)} training and ${grouped(test.count)} test images in ${folder}`;
  return {present: true, line: `${images}, ${manifest.official ? "official" : `unofficial: ${manifest.note}`}`};
}
