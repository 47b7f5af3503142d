import {lstat, realpath} from "node:fs/promises";
import {join, relative, sep} from "node:path";
import {Refusal} from "./refusal.js";

/** A file that may be edited: where it really stands, and its name below the source root. */
export interface Editable {
  path: string;
  name: string;
  mode: number;
}

const segment = /^[^.\\/\0:][^\\/\0:]*$/; // no "..", nothing hidden, no drive and no stream of Windows
const component = /^components\/(?:[\w-]+\/)*[A-Za-z][\w-]*(?:\.worker)?\.ts$/;

/**
 * Whether a name below the source root is one of a page or a component. A name like `x.json.ts` is a data loader's: what
 * is in such a file runs in Node as soon as a page asks for `x.json`.
 */
export function isEditableName(name: string): boolean {
  const parts = name.split("/");
  if (!parts.every((part) => segment.test(part)) || parts.includes("node_modules")) return false;
  return /^[^.]+\.md$/.test(parts.at(-1)!) || component.test(name);
}

/**
 * The file of a name below the source root, links resolved.
 *
 * @throws Refusal if the name is not one of a page or a component, if there is no such file, or if it is a link to a
 * file that may not be edited.
 */
export async function editable(root: string, name: unknown): Promise<Editable> {
  if (typeof name !== "string" || !isEditableName(name))
    throw new Refusal(403, `expected a page (.md) or a component (.ts), got ${JSON.stringify(name)}`);
  const missing = () => new Refusal(404, `expected an existing file, got ${name}`);
  const top = await realpath(root);
  const path = await realpath(join(top, name)).catch(() => Promise.reject(missing()));
  const real = relative(top, path).split(sep).join("/");
  if (!isEditableName(real) || real.endsWith(".md") !== name.endsWith(".md"))
    throw new Refusal(403, `expected a page or a component, got ${name}, which leads elsewhere`);
  const status = await lstat(path).catch(() => Promise.reject(missing()));
  if (!status.isFile()) throw new Refusal(403, `expected a file, got ${name}, which is none`);
  return {path, name: real, mode: status.mode};
}
