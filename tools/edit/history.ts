import {mkdir, open, readdir, readFile, rm} from "node:fs/promises";
import {basename, extname, join} from "node:path";
import {digestOf} from "./digest.js";

/** A version of a file that was kept: `2026-03-01T09-30-00.000Z-1f2e3d4c5b6a.md`. */
export interface Version {
  /** Name of the copy, in order of time. */
  name: string;
  time: Date;
  digest: string;
  path: string;
}

/** Where every version of what is edited is kept, outside the repository. */
export const historyFolder = ".history";

const pattern = /^(\d{4}-\d\d-\d\dT)(\d\d)-(\d\d)-(\d\d\.\d{3}Z)-([0-9a-f]{12})\.\w+$/;

/** The versions of a file that were kept, the oldest first. */
export async function versions(name: string, folder = historyFolder): Promise<Version[]> {
  const names = await readdir(join(folder, name)).catch(() => []);
  return names.sort().flatMap((version) => {
    const parts = pattern.exec(version);
    if (!parts) return [];
    const [, day, hour, minute, second, digest] = parts;
    const time = new Date(`${day}${hour}:${minute}:${second}`);
    return [{name: version, time, digest, path: join(folder, name, version)}];
  });
}

/** Keeps a version of a file, forced to the disk, unless it is the last one kept. */
export async function keep(name: string, bytes: Uint8Array, folder = historyFolder): Promise<void> {
  const digest = digestOf(bytes).slice(0, 12);
  const known = await versions(name, folder);
  if (known.at(-1)?.digest === digest) return;
  await mkdir(join(folder, name), {recursive: true});
  for (let now = Math.max(Date.now(), (known.at(-1)?.time.getTime() ?? 0) + 1); ; ++now) {
    const time = new Date(now).toISOString().replaceAll(":", "-");
    const path = join(folder, name, `${time}-${digest}${extname(basename(name))}`);
    const file = await open(path, "wx").catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
      return null;
    });
    if (!file) continue;
    try {
      await file.writeFile(bytes);
      await file.sync();
      return;
    } catch (error) {
      await rm(path, {force: true}); // half a version is none
      throw error;
    } finally {
      await file.close();
    }
  }
}

/** The bytes of the version whose digest begins so. */
export async function versionOf(name: string, digest: string, folder = historyFolder): Promise<Buffer | null> {
  const found = (await versions(name, folder)).findLast((version) => digest.startsWith(version.digest));
  return found ? readFile(found.path) : null;
}
