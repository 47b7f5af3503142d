import {browserSource, hasCifar10} from "../../components/data/catalogue.js";
import type {Manifest} from "../../components/data/cifar10.js";
import type {Records, Source} from "../../components/data/records.js";

/** What the reader can look at: our drawn scenes always, CIFAR-10 where the site has it. */
export const pictureSets = async (): Promise<string[]> => ["scenes", ...((await hasCifar10()) ? ["CIFAR-10"] : [])];

/** Forty drawn scenes, or the first forty test images of CIFAR-10 from its first file alone. */
export async function pictures(set: string): Promise<Records> {
  if (set === "scenes") return (await import("../../components/data/scenes.js")).scenes({seed: 0, count: 40});
  const {cifar10} = await import("../../components/data/cifar10.js");
  const {test} = await cifar10(firstShard(browserSource()));
  return {...test, count: 40, images: test.images.subarray(0, 40 * 3072), labels: test.labels.subarray(0, 40)};
}

/** CIFAR-10 with no training images and only the first file of its test images: one download instead of all. */
export function firstShard(source: Source): Source {
  return {
    progress: source.progress,
    async open(name, advance) {
      const file = await source.open(name, advance);
      if (name !== "cifar10/manifest.json") return file;
      const manifest = JSON.parse(new TextDecoder().decode(file)) as Manifest;
      const [first] = manifest.splits.test.shards;
      const splits = {train: {count: 0, shards: []}, test: {count: first.count, shards: [first]}};
      return new TextEncoder().encode(JSON.stringify({...manifest, splits})).buffer;
    }
  };
}
