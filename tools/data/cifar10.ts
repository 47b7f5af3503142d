import {rm} from "node:fs/promises";
import {join} from "node:path";
import type {Manifest} from "../../src/components/data/cifar10.js";
import {inspect, type Published} from "./archive.js";
import {download} from "./download.js";
import {members} from "./members.js";
import {Problem} from "./problem.js";
import type {Report} from "./progress.js";
import {store, type Blocks} from "./shards.js";

/** The archive's layout: six files of records, label then red, green and blue planes. */
export interface Layout extends Published {
  /** In each file. */
  records: number;
  /** In each shard; divides `records`. */
  shard: number;
}

/** CIFAR-10 as its authors publish it. Krizhevsky 2009. */
export const official: Layout = {
  url: "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
  bytes: 170_052_171,
  digest: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
  records: 10_000,
  shard: 2_500
};

const [height, width, channels] = [32, 32, 3];
const plane = height * width;
const recordBytes = 1 + channels * plane;

interface Options {
  /** A local archive in place of the download. */
  from?: string;
  /** Accepts another archive than the official one. */
  unofficial?: boolean;
  /** What to know of an unofficial archive. */
  note?: string;
  /** Shows a piece of work. */
  show: (what: string) => Report;
}

/**
 * Puts CIFAR-10 into `data`/cifar10, as a manifest and shards: from the official archive on the net, or from a file.
 *
 * @throws Problem if the archive is not what it has to be; then the folder is as it was.
 */
export async function prepare(data: string, options: Options, layout: Layout = official): Promise<Manifest> {
  const {from, unofficial = false, show} = options;
  const archive = from ?? join(data, "cifar-10-binary.tar.gz");
  if (!from) await download(layout.url, archive, layout, show("Downloading CIFAR-10"));
  try {
    const found = await inspect(archive, layout, unofficial && !!from, show("Checking"));
    const note = found.official ? "" : (options.note ?? `not the official archive (sha256 ${found.digest})`);
    const {blocks, classes} = await unpack(archive, layout);
    const about = {name: "cifar10", ...found, note, classes, height, width, channels, layout: "NHWC" as const};
    return await store(join(data, "cifar10"), about, blocks, show("Writing"));
  } finally {
    if (!from) await rm(archive, {force: true}); // the shards are the cache; a wrong archive is of no use
  }
}

const file = (name: string) => `cifar-10-batches-bin/${name}`;
const trainFiles = [1, 2, 3, 4, 5].map((k) => file(`data_batch_${k}.bin`));

async function unpack(archive: string, {records, shard}: Layout): Promise<{blocks: Blocks; classes: string[]}> {
  const files = [...trainFiles, file("test_batch.bin")];
  const lengths = Object.fromEntries(files.map((name) => [name, records * recordBytes]));
  const found = await members(archive, {...lengths, [file("batches.meta.txt")]: 0});
  const classes = found.get(file("batches.meta.txt"))!.toString("utf8").split(/\r?\n/).filter(Boolean);
  if (classes.length !== 10)
    throw new Problem(`Expected 10 classes in ${file("batches.meta.txt")} of ${archive}, got ${classes.length}.`);
  const blocksOf = (name: string) =>
    Array.from({length: records / shard}, (_, k) => {
      const planar = found.get(name)!.subarray(k * shard * recordBytes, (k + 1) * shard * recordBytes);
      return interleaved(planar, classes.length, `${name} of ${archive}`);
    });
  return {blocks: {train: trainFiles.flatMap(blocksOf), test: blocksOf(file("test_batch.bin"))}, classes};
}

/** Records of a label and three planes as records of a label and interleaved pixels. */
function interleaved(planar: Uint8Array, classes: number, name: string): Uint8Array {
  const out = new Uint8Array(planar.length);
  for (let start = 0; start < planar.length; start += recordBytes) {
    const label = planar[start];
    if (label >= classes) throw new Problem(`Expected labels below ${classes} in ${name}, got ${label}.`);
    out[start] = label;
    for (let p = 0; p < plane; ++p)
      for (let c = 0; c < channels; ++c) out[start + 1 + p * channels + c] = planar[start + 1 + c * plane + p];
  }
  return out;
}
