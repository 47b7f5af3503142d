import {list, type ReadEntry} from "tar";
import {explained, grouped, Problem} from "./problem.js";

/**
 * The content of a .tar.gz archive's members that are asked for; no other is read and none is written, so that no name
 * in the archive ever becomes a path.
 *
 * @param wanted names, with the exact length of each, or 0 for any below 64 KB.
 * @throws Problem that names the archive and the member: missing, twice, not a file, of another length; or a broken archive.
 */
export async function members(archive: string, wanted: Record<string, number>): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  const flaws: string[] = [];
  const onReadEntry = (entry: ReadEntry) => {
    const name = entry.path;
    if (!Object.hasOwn(wanted, name)) return void entry.resume();
    const flaw = flawOf(entry, wanted[name], found.has(name));
    if (flaw) {
      flaws.push(`Expected ${name} in ${archive} ${flaw}.`);
      return void entry.resume();
    }
    const parts: Buffer[] = [];
    found.set(name, Buffer.alloc(0));
    entry.on("data", (part: Buffer) => void parts.push(part));
    entry.on("end", () => void found.set(name, Buffer.concat(parts)));
  };
  await list({file: archive, strict: true, onReadEntry}).catch((error: Error) => {
    const known = explained(error, `an archive at ${archive}`);
    throw known instanceof Problem
      ? known
      : new Problem(
          `Expected ${archive} to be a whole .tar.gz archive, got one that breaks off or is damaged (${error.message}).`
        );
  });
  if (flaws.length) throw new Problem(flaws[0]);
  const missing = Object.keys(wanted).find((name) => !found.has(name));
  if (missing) throw new Problem(`Expected ${missing} in ${archive}, got an archive without it.`);
  return found;
}

function flawOf({type, size}: ReadEntry, length: number, again: boolean): string | undefined {
  if (type !== "File" && type !== "OldFile") return `to be a file, got a ${type}`;
  if (again) return "once, got it twice";
  if (length ? size === length : size < 65_536) return undefined;
  return `to have ${length ? grouped(length) : "fewer than 65,536"} bytes, got ${grouped(size)}`;
}
