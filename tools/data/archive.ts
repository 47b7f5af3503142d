import {createHash} from "node:crypto";
import {createReadStream} from "node:fs";
import {open, stat} from "node:fs/promises";
import {explained, grouped, Problem} from "./problem.js";
import type {Report} from "./progress.js";

/** A published archive: where it is, how long, and its SHA-256. */
export interface Published {
  url: string;
  bytes: number;
  digest: string;
  /** gzip unless told. */
  kind?: Kind;
}

export type Kind = "gzip" | "zip";

const signatures: Record<Kind, number[]> = {gzip: [0x1f, 0x8b], zip: [0x50, 0x4b]};

/** What a file is that does not start as such an archive does; undefined for one that does. */
export function notArchive(head: Uint8Array, kind: Kind = "gzip"): string | undefined {
  if (signatures[kind].every((byte, i) => head[i] === byte)) return undefined;
  const text = Buffer.from(head.subarray(0, 200)).toString("latin1").trimStart().toLowerCase();
  if (text.startsWith("<")) return "an HTML page";
  return head.length ? `a file that starts with ${Buffer.from(head.subarray(0, 4)).toString("hex")}` : "an empty file";
}

/**
 * Whether a file is the published archive; its digest.
 *
 * @param unofficial accepts any gzip archive, and says what it is not.
 * @throws Problem that names the file, what was expected and what was found.
 */
export async function inspect(
  path: string,
  published: Published,
  unofficial: boolean,
  report: Report
): Promise<{digest: string; official: boolean}> {
  const {size, head} = await look(path).catch((error: unknown) => {
    throw explained(error, `an archive at ${path}`);
  });
  const other = notArchive(head, published.kind);
  if (other) throw new Problem(`Expected ${path} to be a ${published.kind ?? "gzip"} archive, got ${other}.`);
  const hint = "(--unofficial accepts a local archive that is another, and marks it)";
  if (!unofficial && size !== published.bytes)
    throw new Problem(`Expected ${path} to have ${grouped(published.bytes)} bytes, got ${grouped(size)} ${hint}.`);
  const digest = await sha256(path, size, report);
  const official = size === published.bytes && digest === published.digest;
  if (!unofficial && !official)
    throw new Problem(`Expected ${path} to have the SHA-256 ${published.digest}, got ${digest} ${hint}.`);
  return {digest, official};
}

async function look(path: string): Promise<{size: number; head: Uint8Array}> {
  const {size} = await stat(path);
  const file = await open(path);
  try {
    const {buffer, bytesRead} = await file.read(Buffer.alloc(200), 0, 200, 0);
    return {size, head: buffer.subarray(0, bytesRead)};
  } finally {
    await file.close();
  }
}

async function sha256(path: string, size: number, report: Report): Promise<string> {
  const hash = createHash("sha256");
  let seen = 0;
  for await (const chunk of createReadStream(path, {highWaterMark: 1 << 20})) {
    hash.update(chunk as Buffer);
    report((seen += (chunk as Buffer).length) / size);
  }
  return hash.digest("hex");
}
