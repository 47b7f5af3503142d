import {mkdir, open, rename, rm} from "node:fs/promises";
import {dirname} from "node:path";

/**
 * Writes a file so that its name never stands for half of it: beside, fsync, rename, and fsync of the folder, whatever
 * moment the process or the machine stops at. The folder is made if there is none.
 */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), {recursive: true});
  const beside = `${path}.${process.pid}.part`;
  try {
    await flushed(beside, "w", (file) => file.writeFile(content));
    await rename(beside, path);
  } catch (error) {
    await rm(beside, {force: true});
    throw error;
  }
  await flushFolder(dirname(path));
}

/** Flushes a folder's entries, such as a rename, to the disk. */
export async function flushFolder(path: string): Promise<void> {
  if (process.platform !== "win32") await flushed(path, "r"); // Windows opens no folder, and needs it not
}

type File = Awaited<ReturnType<typeof open>>;

async function flushed(path: string, mode: "r" | "w", change?: (file: File) => Promise<void>): Promise<void> {
  const file = await open(path, mode);
  try {
    await change?.(file);
    await file.sync();
  } finally {
    await file.close();
  }
}
