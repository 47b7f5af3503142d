import {expect, test} from "vitest";
import {cifar10, type Manifest} from "../../src/components/data/cifar10.js";
import type {Source} from "../../src/components/data/records.js";

/** A data set of 2 × 1 × 3 images, three records to a shard; byte k of record r is 10 r + k. */
function tiny() {
  const record = (r: number) => [r % 2, ...Array.from({length: 6}, (_, k) => 10 * r + k)];
  const files: Record<string, Uint8Array<ArrayBuffer>> = {
    "cifar10/train-0.bin": Uint8Array.from([0, 1, 2].flatMap(record)),
    "cifar10/train-1.bin": Uint8Array.from([3, 4, 5].flatMap(record)),
    "cifar10/test-0.bin": Uint8Array.from([6, 7].flatMap(record))
  };
  const shard = (name: string, count: number) => ({name, count, bytes: 7 * count, digest: ""});
  const manifest: Manifest = {
    ...{name: "cifar10", digest: "abc", official: false, note: "a note", classes: ["a", "b"]},
    ...{height: 2, width: 1, channels: 3, layout: "NHWC"},
    splits: {
      train: {count: 6, shards: [shard("train-0.bin", 3), shard("train-1.bin", 3)]},
      test: {count: 2, shards: [shard("test-0.bin", 2)]}
    }
  };
  return {files, manifest};
}

function sourceOf({files, manifest}: ReturnType<typeof tiny>, seen: number[] = []): Source {
  return {
    async open(name, advance) {
      if (name === "cifar10/manifest.json") return new TextEncoder().encode(JSON.stringify(manifest)).buffer;
      if (!(name in files)) throw new Error(`no ${name}`);
      advance?.(0.5);
      return files[name].buffer;
    },
    progress: (fraction) => void seen.push(fraction)
  };
}

test("records keep their order over shards, and labels stand apart from pixels", async () => {
  const seen: number[] = [];
  const {train, test: held} = await cifar10(sourceOf(tiny(), seen));
  expect(train.count).toBe(6);
  expect([...train.labels]).toEqual([0, 1, 0, 1, 0, 1]);
  for (let r = 0; r < 6; ++r) expect([...train.images.subarray(6 * r, 6 * r + 2)]).toEqual([10 * r, 10 * r + 1]);
  expect([...held.images.subarray(6)]).toEqual([70, 71, 72, 73, 74, 75]);
  expect(train).toMatchObject({height: 2, width: 1, channels: 3, classes: ["a", "b"], digest: "abc", note: "a note"});
  expect(seen).toEqual([0, 3 / 16, 3 / 8, 3 / 8, 9 / 16, 3 / 4, 3 / 4, 7 / 8, 1].map((x) => expect.closeTo(x, 12)));
});

test("a shard of the wrong length is refused with its name and both lengths", async () => {
  const data = tiny();
  data.files["cifar10/train-1.bin"] = new Uint8Array(20);
  await expect(cifar10(sourceOf(data))).rejects.toThrow("cifar10: expected 21 bytes in cifar10/train-1.bin, got 20");
});

test("a split whose shards do not add up to its count is refused", async () => {
  const data = tiny();
  data.manifest.splits.train.count = 7;
  await expect(cifar10(sourceOf(data))).rejects.toThrow("cifar10: expected 7 train records in all shards, got 6");
});

test("a label that names no class is refused", async () => {
  const data = tiny();
  data.files["cifar10/test-0.bin"][7] = 2;
  await expect(cifar10(sourceOf(data))).rejects.toThrow(
    "cifar10: expected labels below 2 in cifar10/test-0.bin, got 2"
  );
});

test("a manifest that is a web page, or another data set's, is refused with what it is", async () => {
  const page = {...sourceOf(tiny()), open: async () => new TextEncoder().encode("<!doctype html>").buffer};
  await expect(cifar10(page)).rejects.toThrow('expected JSON in cifar10/manifest.json, got "<!doctype html>"');
  const data = tiny();
  data.manifest.name = "cifar100";
  await expect(cifar10(sourceOf(data))).rejects.toThrow("got cifar100 in NHWC with train, test");
});
