import type {DataSet, Records, Source} from "./records.js";

/** Per-channel mean of the training images on [0, 1], as published. */
export const CIFAR10_MEAN = [0.4914, 0.4822, 0.4465] as const;

/** Per-channel standard deviation of the training images on [0, 1], as published. */
export const CIFAR10_DEVIATION = [0.247, 0.2435, 0.2616] as const;

/** The classes in the order of their labels, as published. */
export const CIFAR10_CLASSES = [
  ...["airplane", "automobile", "bird", "cat", "deer"],
  ...["dog", "frog", "horse", "ship", "truck"]
] as const;

/** A file of `count` records, each one label byte and H · W · C image bytes. */
export interface Shard {
  name: string;
  count: number;
  bytes: number;
  digest: string;
}

/** What `cifar10/manifest.json` says. Shards hold their split's records in order. */
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
 * CIFAR-10, Krizhevsky 2009: 50,000 training and 10,000 test images of 32 × 32 × 3 in ten classes, read shard by shard.
 *
 * @throws Error if the manifest or a shard is not there, or does not hold what it says.
 */
export async function cifar10(source: Source): Promise<DataSet> {
  const manifest = readManifest(await source.open("cifar10/manifest.json"));
  const load = loader(source, manifest);
  return {train: await readSplit(load, manifest, "train"), test: await readSplit(load, manifest, "test")};
}

type Load = (shard: Shard) => Promise<ArrayBuffer>;

/** Opens shards and tells the source how far the whole has come. */
function loader(source: Source, {splits}: Manifest): Load {
  const total = [...splits.train.shards, ...splits.test.shards].reduce((sum, {bytes}) => sum + bytes, 0);
  let loaded = 0;
  const report = (bytes: number) => {
    const megabytes = (n: number) => Math.round(n / 1e6);
    source.progress(bytes / total, `CIFAR-10, ${megabytes(bytes)} of ${megabytes(total)} MB`);
  };
  return async ({name, bytes}) => {
    report(loaded);
    const file = await source.open(`cifar10/${name}`, (fraction) => report(loaded + fraction * bytes));
    report((loaded += bytes));
    return file;
  };
}

function readManifest(file: ArrayBuffer): Manifest {
  const text = new TextDecoder().decode(file);
  let manifest: Partial<Manifest>;
  try {
    manifest = JSON.parse(text) as Partial<Manifest>;
  } catch {
    throw new Error(`cifar10: expected JSON in cifar10/manifest.json, got ${JSON.stringify(text.slice(0, 40))}`);
  }
  const {name, layout, splits} = manifest;
  if (name !== "cifar10" || layout !== "NHWC" || !splits?.train || !splits.test)
    throw new Error(
      `cifar10: expected cifar10/manifest.json to describe cifar10 in NHWC with train and test, ` +
        `got ${name} in ${layout} with ${Object.keys(splits ?? {}).join(", ") || "no splits"}`
    );
  return manifest as Manifest;
}

async function readSplit(load: Load, manifest: Manifest, split: "train" | "test"): Promise<Records> {
  const {classes, height, width, channels, digest, note} = manifest;
  const {count, shards} = manifest.splits[split];
  const listed = shards.reduce((sum, shard) => sum + shard.count, 0);
  if (listed !== count) throw new Error(`cifar10: expected ${count} ${split} records in all shards, got ${listed}`);
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
        `cifar10: expected ${shard.count * (1 + size)} bytes in cifar10/${shard.name}, got ${bytes.length}`
      );
    unpack(records, bytes, first, shard);
    first += shard.count;
  }
  return records;
}

function unpack({images, labels, classes}: Records, bytes: Uint8Array, first: number, {name, count}: Shard): void {
  const size = bytes.length / count - 1;
  for (let i = 0; i < count; ++i) {
    const start = i * (1 + size);
    const label = bytes[start];
    if (label >= classes.length)
      throw new Error(`cifar10: expected labels below ${classes.length} in cifar10/${name}, got ${label}`);
    labels[first + i] = label;
    images.set(bytes.subarray(start + 1, start + 1 + size), (first + i) * size);
  }
}
