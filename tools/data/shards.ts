import {createHash} from "node:crypto";
import {mkdir, rename, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import type {Manifest, Shard} from "../../src/components/data/cifar10.js";
import {explained} from "./problem.js";
import type {Report} from "./progress.js";

/** A split's records, each one label byte and H · W · C bytes, as blocks that become one shard each. */
export type Blocks = Record<"train" | "test", Uint8Array[]>;

/**
 * Writes a data set's shards and manifest into `folder`. Until all is written the folder is as it was; if anything fails,
 * nothing of the new one stays.
 *
 * @throws Problem if the disk is full or the folder may not be written.
 */
export async function store(
  folder: string,
  about: Omit<Manifest, "splits">,
  blocks: Blocks,
  report: Report
): Promise<Manifest> {
  const [fresh, old] = [`${folder}.new`, `${folder}.old`];
  try {
    await rm(fresh, {recursive: true, force: true}); // of a run that was killed
    await mkdir(fresh, {recursive: true});
    const manifest = await write(fresh, about, blocks, report);
    await rm(old, {recursive: true, force: true});
    await rename(folder, old).catch(() => {}); // there is none the first time
    await rename(fresh, folder);
    await rm(old, {recursive: true, force: true});
    return manifest;
  } catch (error) {
    await rm(fresh, {recursive: true, force: true}).catch(() => {}); // it may not even exist
    throw explained(error, `to write ${folder}`);
  }
}

async function write(
  fresh: string,
  about: Omit<Manifest, "splits">,
  blocks: Blocks,
  report: Report
): Promise<Manifest> {
  const size = 1 + about.height * about.width * about.channels;
  const total = blocks.train.length + blocks.test.length;
  let written = 0;
  const splitOf = async (split: "train" | "test") => {
    const shards: Shard[] = [];
    for (const [k, block] of blocks[split].entries()) {
      const name = `${split}-${String(k).padStart(2, "0")}.bin`;
      const digest = createHash("sha256").update(block).digest("hex");
      await writeFile(join(fresh, name), block);
      shards.push({name, count: block.length / size, bytes: block.length, digest});
      report(++written / total);
    }
    return {count: shards.reduce((sum, {count}) => sum + count, 0), shards};
  };
  const manifest: Manifest = {...about, splits: {train: await splitOf("train"), test: await splitOf("test")}};
  await writeFile(join(fresh, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}
