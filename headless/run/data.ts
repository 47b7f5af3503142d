import {createHash} from "node:crypto";
import {createReadStream} from "node:fs";
import {readFile, stat} from "node:fs/promises";
import {join, resolve} from "node:path";
import type {DataSet} from "../../src/components/data/records.js";
import {dataFolder} from "../../tools/catalogue.js";
import {prepare} from "../../tools/data/cifar10.js";
import {nodeSource} from "../../tools/data/nodeSource.js";
import {Problem} from "../../tools/data/problem.js";
import {progress} from "../../tools/data/progress.js";
import type {Experiment} from "./experiment.js";

export interface DataOptions {
  /** A data folder as `npm run data` makes it, or an archive to unpack into the usual one. */
  data?: string;
  /** Accepts an archive that is not the official one. */
  unofficial?: boolean;
  note?: string;
}

/** Loads an experiment's data. @throws Problem or Error in one sentence if it is not there. */
export async function loadData({constants}: Experiment, options: DataOptions): Promise<DataSet> {
  const folder = await folderOf(options);
  return constants.module.data(constants.config, nodeSource(folder));
}

async function folderOf({data, unofficial, note}: DataOptions): Promise<string> {
  if (!data) return dataFolder();
  const path = resolve(process.env.INIT_CWD ?? ".", data);
  const found = await stat(path).catch(() => null);
  if (!found) throw new Problem(`train: expected a folder or an archive as --data, got nothing at ${path}.`);
  if (found.isDirectory()) return path;
  if ((await unpackedDigest(dataFolder())) !== (await sha256(path)))
    await prepare(dataFolder(), {from: path, unofficial, note, show: progress()});
  return dataFolder();
}

/** Of the archive that the folder's CIFAR-10 came from. */
const unpackedDigest = (folder: string): Promise<string | undefined> =>
  readFile(join(folder, "cifar10", "manifest.json"), "utf8").then(
    (text) => (JSON.parse(text) as {digest?: string}).digest,
    () => undefined
  );

async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return hash.digest("hex");
}
