import {createHash} from "node:crypto";
import {readFile, readdir, stat} from "node:fs/promises";
import {join} from "node:path";
import {highlight} from "./site/highlight.js";

/** A file that pages fetch by name from `<base>/catalogue/<name>`: listings, recorded runs, weights, data. */
export interface CatalogueFile {
  name: string;
  bytes: number;
  /** SHA-256 of the content, hexadecimal. */
  digest: string;
  read(): Promise<Uint8Array>;
}

/** Where downloaded data lives, outside the repository's history. */
export const dataFolder = (): string => process.env.DATA_DIR ?? join(".cache", "data");

/**
 * Everything in the catalogue: each TypeScript source as it is and highlighted (`….ts.html`), the recorded runs,
 * their weights and feature maps, and the data sets that the data folder holds.
 *
 * @throws Error if a data set's manifest and its files disagree.
 */
export async function catalogue({root = "src", data = dataFolder()} = {}): Promise<CatalogueFile[]> {
  const sources = (await filesBelow(root, ["benchmark", "components", "week1", "week2", "week3", "week4"])).filter(
    (name) => name.endsWith(".ts")
  );
  const recorded = (await filesBelow(join(root, "data"), ["maps", "runs", "weights"])).filter(
    (name) => !/\/\./.test(name)
  );
  return [
    ...(await Promise.all(sources.map((name) => listing(join(root, name), `source/${name}`)))).flat(),
    ...(await Promise.all(recorded.map((name) => plain(join(root, "data", name), name)))),
    ...(await dataSet(data, "cifar10")),
    ...(await dataSet(data, "omniglot"))
  ];
}

/** The catalogue's `index.json`. */
export function catalogueIndex(files: CatalogueFile[]): string {
  return JSON.stringify({entries: files.map(({name, bytes, digest}) => ({name, bytes, digest}))});
}

async function filesBelow(root: string, folders: string[]): Promise<string[]> {
  const lists = folders.map(async (folder) => {
    const entries = await readdir(join(root, folder), {withFileTypes: true, recursive: true}).catch(() => []);
    return entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name).slice(join(root).length + 1));
  });
  return (await Promise.all(lists))
    .flat()
    .map((name) => name.replaceAll("\\", "/"))
    .sort();
}

async function plain(path: string, name: string): Promise<CatalogueFile> {
  const content = await readFile(path);
  return {name, bytes: content.length, digest: sha256(content), read: () => readFile(path)};
}

const listings = new Map<string, {modified: number; files: CatalogueFile[]}>(); // the preview asks again and again

async function listing(path: string, name: string): Promise<CatalogueFile[]> {
  const {mtimeMs: modified} = await stat(path);
  const known = listings.get(path);
  if (known?.modified === modified) return known.files;
  const html = Buffer.from(highlight(await readFile(path, "utf8")));
  const twin = {name: `${name}.html`, bytes: html.length, digest: sha256(html), read: async () => html};
  const files = [await plain(path, name), twin];
  listings.set(path, {modified, files});
  return files;
}

interface Manifest {
  splits: Record<string, {shards: {name: string; bytes: number; digest: string}[]}>;
}

/** A data set by its manifest, whose digests stand for the shards: 180 MB need not be read to list them. */
async function dataSet(data: string, set: string): Promise<CatalogueFile[]> {
  const folder = join(data, set);
  const manifest = await plain(join(folder, "manifest.json"), `${set}/manifest.json`).catch(() => null);
  if (!manifest) return [];
  const {splits} = JSON.parse(Buffer.from(await manifest.read()).toString()) as Manifest;
  const shards = Object.values(splits).flatMap((split) => split.shards);
  for (const {name, bytes} of shards) {
    if (!/^[\w.-]+$/.test(name)) throw new Error(`catalogue: expected a plain file name in ${set}, got ${name}`);
    const found = await stat(join(folder, name)).catch(() => null);
    if (found?.size !== bytes)
      throw new Error(`catalogue: expected ${join(folder, name)} with ${bytes} bytes, got ${found?.size ?? "no file"}`);
  }
  const entries = shards.map(({name, bytes, digest}) => {
    return {name: `${set}/${name}`, bytes, digest, read: () => readFile(join(folder, name))};
  });
  return [manifest, ...entries];
}

const sha256 = (content: Uint8Array) => createHash("sha256").update(content).digest("hex");
