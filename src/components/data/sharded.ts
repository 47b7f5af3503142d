import type {DataSet, Records, Source} from "./records.js";

/** A file of `count` records, each one label byte and H · W · C image bytes. */
export interface Shard {
  name: string;
  count: number;
  bytes: number;
  digest: string;
}

/** What a data set's `manifest.json` says. Shards hold their split's records in order. */
export interface Manifest {
  name: string;
  /** SHA-256 of the archive the shards came from. */
  digest: string;
  /** Whether that is the archive its authors publish. */
  official: boolean;
  /** What to know before comparing results with published ones; empty for the official archive. */
  note: string;
  classes: string[];
  height: number;
  width: number;
  channels: number;
  layout: "NHWC";
  splits: Record<"train" | "test", {count: number; shards: Shard[]}>;
}

/**
 * A data set that `npm run data` has put into shards, read one by one.
 *
 * @param name of its folder; errors begin with it.
 * @param title what a reader calls it.
 * @throws Error if the manifest or a shard is not there, or does not hold what it says.
 */
export async function sharded(source: Source, name: string, title: string): Promise<DataSet> {
  const manifest = readManifest(await source.open(`${name}/manifest.json`), name);
  const load = loader(source, manifest, title);
  return {train: await readSplit(load, manifest, "train"), test: await readSplit(load, manifest, "test")};
}

type Load = (shard: Shard) => Promise<ArrayBuffer>;

/** Opens shards and tells the source how far the whole has come. */
function loader(source: Source, {name: set, splits}: Manifest, title: string): Load {
  const total = [...splits.train.shards, ...splits.test.shards].reduce((sum, {bytes}) => sum + bytes, 0);
  let loaded = 0;
  const report = (bytes: number) => {
    const megabytes = (n: number) => Math.round(n / 1e6);
    source.progress(bytes / total, `${title}, ${megabytes(bytes)} of ${megabytes(total)} MB`);
  };
  return async ({name, bytes}) => {
    report(loaded);
    const file = await source.open(`${set}/${name}`, (fraction) => report(loaded + fraction * bytes));
    report((loaded += bytes));
    return file;
  };
}

function readManifest(file: ArrayBuffer, set: string): Manifest {
  const text = new TextDecoder().decode(file);
  let manifest: Partial<Manifest>;
  try {
    manifest = JSON.parse(text) as Partial<Manifest>;
  } catch {
    throw new Error(`${set}: expected JSON in ${set}/manifest.json, got ${JSON.stringify(text.slice(0, 40))}`);
  }
  const {name, layout, splits} = manifest;
  if (name !== set || layout !== "NHWC" || !splits?.train || !splits.test)
    throw new Error(
      `${set}: expected ${set}/manifest.json to describe ${set} in NHWC with train and test, ` +
        `got ${name} in ${layout} with ${Object.keys(splits ?? {}).join(", ") || "no splits"}`
    );
  return manifest as Manifest;
}

async function readSplit(load: Load, manifest: Manifest, split: "train" | "test"): Promise<Records> {
  const {name: set, classes, height, width, channels, digest, note} = manifest;
  const {count, shards} = manifest.splits[split];
  const listed = shards.reduce((sum, shard) => sum + shard.count, 0);
  if (listed !== count) throw new Error(`${set}: expected ${count} ${split} records in all shards, got ${listed}`);
  const size = height * width * channels;
  const records: Records = {
    images: new Uint8Array(count * size),
    labels: new Uint8Array(count),
    ...{count, height, width, channels, classes, digest, note}
  };
  let first = 0;
  for (const shard of shards) {
    const bytes = new Uint8Array(await load(shard));
    if (bytes.length !== shard.count * (1 + size))
      throw new Error(
        `${set}: expected ${shard.count * (1 + size)} bytes in ${set}/${shard.name}, got ${bytes.length}`
      );
    unpack(records, bytes, first, `${set}/${shard.name}`);
    first += shard.count;
  }
  return records;
}

function unpack(records: Records, bytes: Uint8Array, first: number, name: string): void {
  const {images, labels, classes, height, width, channels} = records;
  const size = height * width * channels;
  for (let i = 0; i < bytes.length / (1 + size); ++i) {
    const start = i * (1 + size);
    const label = bytes[start];
    if (label >= classes.length)
      throw new Error(`${name.split("/")[0]}: expected labels below ${classes.length} in ${name}, got ${label}`);
    labels[first + i] = label;
    images.set(bytes.subarray(start + 1, start + 1 + size), (first + i) * size);
  }
}
