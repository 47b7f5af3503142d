import {createHash} from "node:crypto";
import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import {Header} from "tar";
import {onTestFinished} from "vitest";
import type {Layout} from "../../../tools/data/cifar10.js";

/** A folder that goes when the test ends. */
export async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "data-"));
  onTestFinished(() => rm(path, {recursive: true, force: true}));
  return path;
}

export type Member = {path: string; body: Uint8Array; type?: "File" | "SymbolicLink"};

/** A .tar.gz archive, byte by byte, so that tests can also make wrong ones. */
export function tarball(members: Member[]): Buffer {
  const blocks = members.flatMap(({path, body, type = "File"}) => {
    const head = Buffer.alloc(512);
    new Header({
      path,
      type,
      size: body.length,
      mode: 0o644,
      mtime: new Date(0),
      linkpath: type === "SymbolicLink" ? "/etc/passwd" : ""
    }).encode(head);
    return [head, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

const records = 4;
const recordBytes = 3073;

/** The members of a CIFAR-10 archive with four records a file: pixel p of channel c in record r of file f is f + r + c + p. */
export function tiny(): Member[] {
  const file = (f: number) =>
    Uint8Array.from({length: records * recordBytes}, (_, k) => {
      const [r, byte] = [Math.floor(k / recordBytes), k % recordBytes];
      return byte === 0 ? (f + r) % 10 : f + r + (byte - 1);
    });
  const names = ["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"];
  const classes = "airplane automobile bird cat deer dog frog horse ship truck".split(" ").join("\n");
  return [
    {path: "cifar-10-batches-bin/batches.meta.txt", body: Buffer.from(`${classes}\n\n`)},
    ...names.map((name, f) => ({path: `cifar-10-batches-bin/${name}.bin`, body: file(f)}))
  ];
}

export const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** The archive as the official one of a test. */
export const layoutOf = (archive: Uint8Array, url = "http://127.0.0.1:9/"): Layout => ({
  ...{url, bytes: archive.length, digest: sha256(archive), records, shard: 2}
});

/** Writes the archive into a new folder of its own. */
export async function saved(archive: Uint8Array): Promise<string> {
  const path = join(await folder(), "archive.tar.gz");
  await writeFile(path, archive);
  return path;
}
