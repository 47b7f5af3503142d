import {randomUUID} from "node:crypto";
import {access, constants, open, rename, rm, stat} from "node:fs/promises";
import {basename, dirname, join} from "node:path";
import {Refusal} from "./refusal.js";

/**
 * Puts new bytes in the place of a file, whole or not at all: written beside it, forced to the disk, renamed over it.
 * Mode and owner stay. The old file is kept open over the renaming, so that what another program wrote into it in the
 * last moment is seen and put back: nothing that anybody wrote is lost.
 *
 * @returns what stands in the file, when it was not what was expected; the file then keeps it.
 * @throws Refusal if the file is read-only; the system's error if the disk is full or the folder cannot be written.
 */
export async function writeWhole(path: string, bytes: Uint8Array, expected: Uint8Array): Promise<Buffer | null> {
  const {mode, uid, gid} = await stat(path);
  if (!(mode & 0o222)) throw new Refusal(403, "the file is read-only: make it writable and save again");
  await access(path, constants.W_OK);
  const owner = {mode: mode & 0o7777, uid, gid};
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);
  try {
    await writeThrough(beside, bytes, owner);
    const late = await exchange(path, beside, expected);
    if (!late) return null;
    if (late.replaced) {
      await writeThrough(beside, late.bytes, owner);
      await rename(beside, path);
    }
    return late.bytes;
  } finally {
    await rm(beside, {force: true});
  }
}

/** Renames over a file that holds what was expected; else, or if it changed meanwhile, gives what it held. */
async function exchange(path: string, beside: string, expected: Uint8Array) {
  const old = await open(path, "r");
  try {
    const bytes = await contentOf(old);
    if (!bytes.equals(expected)) return {bytes, replaced: false};
    if (process.platform === "win32") await old.close(); // which does not rename over an open file
    await rename(beside, path);
    if (process.platform === "win32") return null;
    const last = await contentOf(old);
    return last.equals(expected) ? null : {bytes: last, replaced: true};
  } finally {
    await old.close();
  }
}

interface Owner {
  mode: number;
  uid: number;
  gid: number;
}

async function writeThrough(path: string, bytes: Uint8Array, {mode, uid, gid}: Owner): Promise<void> {
  const file = await open(path, "wx", mode);
  try {
    await file.writeFile(bytes);
    await file.chown(uid, gid).catch(() => undefined); // only root may give a file away, and only root needs to
    await file.chmod(mode);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function contentOf(file: Awaited<ReturnType<typeof open>>): Promise<Buffer> {
  const {size} = await file.stat();
  const bytes = Buffer.alloc(size);
  const {bytesRead} = await file.read(bytes, 0, size, 0);
  return bytes.subarray(0, bytesRead);
}
