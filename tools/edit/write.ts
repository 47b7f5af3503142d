import {randomUUID} from "node:crypto";
import {closeSync, fstatSync, openSync, readSync, renameSync, rmSync} from "node:fs";
import {access, constants, open, rm, stat} from "node:fs/promises";
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
    const late = exchange(path, beside, expected);
    if (late?.replaced) {
      await writeThrough(beside, late.bytes, owner);
      renameSync(beside, path);
    }
    return late && late.bytes;
  } catch (error) {
    await rm(beside, {force: true});
    throw error;
  }
}

/**
 * Renames over a file that holds what was expected; else, or if it changed meanwhile, gives what it held. Without a
 * pause: other programs have the least time for that, and the preview, which renders the page as soon as it sees the
 * renaming, does so after the answer.
 */
function exchange(path: string, beside: string, expected: Uint8Array): {bytes: Buffer; replaced: boolean} | null {
  const windows = process.platform === "win32"; // which does not rename over an open file
  const old = openSync(path, "r");
  let open = true;
  try {
    const bytes = contentOf(old);
    if (!bytes.equals(expected)) {
      rmSync(beside, {force: true});
      return {bytes, replaced: false};
    }
    if (windows) closeSync(old);
    open = !windows;
    renameSync(beside, path);
    const last = windows ? bytes : contentOf(old);
    return last.equals(expected) ? null : {bytes: last, replaced: true};
  } finally {
    if (open) closeSync(old);
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

function contentOf(file: number): Buffer {
  const bytes = Buffer.alloc(fstatSync(file).size);
  return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0));
}
