import {existsSync} from "node:fs";
import {readdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {cifar10} from "../../../src/components/data/cifar10.js";
import {official, prepare} from "../../../tools/data/cifar10.js";
import {nodeSource} from "../../../tools/data/nodeSource.js";
import {state} from "../../../tools/data/state.js";
import {folder, layoutOf, saved, sha256, tarball, tiny, type Member} from "./archives.js";

const show = () => () => {};
const archive = tarball(tiny());
const layout = layoutOf(archive);

test("a planar archive comes back interleaved, in its order, through manifest, shards and reader", async () => {
  const data = await folder();
  const manifest = await prepare(data, {from: await saved(archive), show}, layout);
  expect(manifest).toMatchObject({official: true, note: "", digest: sha256(archive), layout: "NHWC"});
  expect(manifest.splits.train.shards.map(({name}) => name).slice(0, 3)).toEqual(
    ["train-00.bin", "train-01.bin", "train-02.bin"] // prettier-ignore
  );
  for (const {name, bytes, digest} of [...manifest.splits.train.shards, ...manifest.splits.test.shards]) {
    const shard = await readFile(join(data, "cifar10", name));
    expect([shard.length, sha256(shard)]).toEqual([bytes, digest]);
  }
  const {train, test: held} = await cifar10(nodeSource(data));
  expect([train.count, held.count]).toEqual([20, 4]);
  expect(train.classes[9]).toBe("truck");
  for (const [records, file, count] of [
    [train, 0, 20],
    [held, 5, 4]
  ] as const)
    // prettier-ignore
    for (let n = 0; n < count; ++n) {
      const base = file + Math.floor(n / 4) + (n % 4);
      expect(records.labels[n]).toBe(base % 10);
      for (const [p, c] of [[0, 0], [0, 2], [77, 1], [1023, 2]]) // prettier-ignore
        expect(records.images[n * 3072 + p * 3 + c]).toBe((base + c * 1024 + p) % 256);
    }
});

test("another archive than the official one needs --unofficial, and is marked with the note or its digest", async () => {
  const other = tarball([...tiny(), {path: "readme", body: Buffer.from("other")}]);
  const from = await saved(other);
  const data = await folder();
  const same = {...layout, bytes: other.length};
  await expect(prepare(data, {from, show}, layout)).rejects.toThrow(
    `Expected ${from} to have ${layout.bytes.toLocaleString("en-US")} bytes, got ${other.length.toLocaleString("en-US")} (`
  );
  await expect(prepare(data, {from, show}, same)).rejects.toThrow(
    `Expected ${from} to have the SHA-256 ${layout.digest}, got ${sha256(other)} (--unofficial accepts`
  );
  expect(await readdir(data)).toEqual([]);
  const plain = await prepare(data, {from, unofficial: true, show}, layout);
  expect(plain).toMatchObject({official: false, note: `not the official archive (sha256 ${sha256(other)})`});
  const noted = await prepare(data, {from, unofficial: true, note: "re-encoded", show}, layout);
  expect(noted.note).toBe("re-encoded");
  expect((await state(data, "cifar10")).line).toContain("unofficial: re-encoded");
  const true_ = await prepare(data, {from: await saved(archive), unofficial: true, note: "x", show}, layout);
  expect(true_).toMatchObject({official: true, note: ""});
});

const change = (index: number, with_: Partial<Member>) => tiny().map((m, k) => (k === index ? {...m, ...with_} : m));
const short = tiny()[3].body.slice(0, 4 * 3073 - 1);
const labelled = tiny()[2].body.map((x, k) => (k === 3073 ? 10 : x));
const evil = {path: "../../evil.bin", body: Buffer.from("evil")};

test.each<[string, Uint8Array, string]>([
  ["an HTML page", Buffer.from("\n<!DOCTYPE html><p>Sign in"), "to be a gzip archive, got an HTML page."],
  ["an empty file", new Uint8Array(), "to be a gzip archive, got an empty file."],
  ["something else", Buffer.from("PK\x03\x04"), "to be a gzip archive, got a file that starts with 504b0304."],
  [
    "a truncated archive",
    archive.subarray(0, archive.length >> 1),
    "to be a whole .tar.gz archive, got one that breaks off"
  ],
  ["a missing member", tarball(tiny().slice(0, 6)), "Expected cifar-10-batches-bin/test_batch.bin in"],
  ["a wrong record size", tarball(change(3, {body: short})), "to have 12,292 bytes, got 12,291."],
  ["a member twice", tarball([...tiny(), tiny()[1]]), "once, got it twice."],
  [
    "a link for a member",
    tarball(change(1, {body: Buffer.alloc(0), type: "SymbolicLink"})),
    "to be a file, got a SymbolicLink."
  ],
  [
    "a label that is no class",
    tarball(change(2, {body: labelled})),
    "Expected labels below 10 in cifar-10-batches-bin/data_batch_2.bin"
  ],
  ["nine classes", tarball(change(0, {body: Buffer.from("a\n".repeat(9))})), "Expected 10 classes in"]
])("%s is refused in one sentence and leaves nothing", async (_, bytes, sentence) => {
  const data = await folder();
  const from = await saved(bytes);
  const failure = prepare(data, {from, unofficial: true, show}, layout);
  await expect(failure).rejects.toThrow(sentence);
  await expect(failure).rejects.toThrow(from);
  expect(await readdir(data)).toEqual([]);
  expect(existsSync(from)).toBe(true); // the user's file is the user's
});

test("no name in an archive becomes a path", async () => {
  const data = await folder();
  const from = await saved(tarball([evil, {...evil, path: "/tmp/evil-absolute.bin"}, ...tiny()]));
  await prepare(data, {from, unofficial: true, show}, layout);
  expect(await readdir(data)).toEqual(["cifar10"]);
  expect((await readdir(join(data, "cifar10"))).filter((name) => !/^(train|test)-\d\d\.bin$/.test(name))).toEqual([
    "manifest.json"
  ]);
  expect(existsSync(join(data, "..", "..", "evil.bin")) || existsSync("/tmp/evil-absolute.bin")).toBe(false);
});

test("a failure leaves the data set that was there, and a success replaces all of it", async () => {
  const data = await folder();
  await prepare(data, {from: await saved(archive), show}, layout);
  await writeFile(join(data, "cifar10", "stray"), "");
  await expect(prepare(data, {from: await saved(archive.subarray(0, 900)), show}, layout)).rejects.toThrow();
  expect((await state(data, "cifar10")).present).toBe(true);
  await prepare(data, {from: await saved(archive), show}, layout);
  expect(await readdir(data)).toEqual(["cifar10"]);
  expect(existsSync(join(data, "cifar10", "stray"))).toBe(false);
});

test("a folder that cannot be written, and a file that is not there, are named", async () => {
  const file = await saved(archive);
  const data = join(file, "data"); // below a file
  await expect(prepare(data, {from: file, show}, layout)).rejects.toThrow(
    /^Expected to write .*data\/cifar10.* got a file where a folder belongs\.$/
  );
  await expect(prepare(await folder(), {from: "/nowhere/a.tar.gz", show}, layout)).rejects.toThrow(
    "Expected an archive at /nowhere/a.tar.gz (/nowhere/a.tar.gz), got nothing there."
  );
});

test("a damaged cache is seen", async () => {
  const data = await folder();
  expect((await state(data, "cifar10")).line).toBe("not there; npm run data -- cifar10 gets it");
  await prepare(data, {from: await saved(archive), show}, layout);
  await writeFile(join(data, "cifar10", "train-03.bin"), "short");
  expect(await state(data, "cifar10")).toEqual({
    present: false,
    line: "damaged: expected train-03.bin with 6,146 bytes, got 5"
  });
});

if (!process.env.CIFAR10_ARCHIVE) console.log("CIFAR10_ARCHIVE is not set, so the whole of CIFAR-10 is not unpacked.");

test.skipIf(!process.env.CIFAR10_ARCHIVE)(
  "the whole of CIFAR-10 unpacks, balanced, as published",
  {timeout: 120_000},
  async () => {
    const data = await folder();
    const manifest = await prepare(data, {from: process.env.CIFAR10_ARCHIVE!, unofficial: true, show}, official);
    const {train, test: held} = await cifar10(nodeSource(data));
    for (const {bytes} of manifest.splits.train.shards) expect(bytes).toBeGreaterThan(5e6);
    for (const [records, each] of [
      [train, 5000],
      [held, 1000]
    ] as const) {
      // prettier-ignore
      const counts = new Array<number>(10).fill(0);
      records.labels.forEach((label) => ++counts[label]);
      expect(counts).toEqual(new Array(10).fill(each));
    }
    const mean = [0, 1, 2].map((c) => {
      let sum = 0;
      for (let k = c; k < train.images.length; k += 3) sum += train.images[k];
      return sum / 255 / (train.images.length / 3);
    });
    [0.4914, 0.4822, 0.4465].forEach((published, c) => expect(mean[c]).toBeCloseTo(published, 3));
  }
);
