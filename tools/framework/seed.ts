import {createHash} from "node:crypto";
import {mkdir, readFile, readdir, rm} from "node:fs/promises";
import {existsSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join, resolve} from "node:path";
import {replaceFile} from "./files.js";
import {bundleBare, bundlePackages, npmPackages} from "./packages.js";
import {bundleTfjs, tfjsPackages} from "./tfjs.js";

const require = createRequire(import.meta.url);

/** What components import bare, tfjs aside: Framework takes a file that stands in its cache. */
export const nodePackages = ["idb-keyval"];

/**
 * Libraries that Framework recommends and we do not install. It looks up a version for each, even when no page uses
 * one; an empty folder answers that, and a real use still fails the build.
 */
const absent = [
  ...["lodash", "apache-arrow", "leaflet", "mapbox-gl", "react", "react-dom", "topojson-client", "echarts", "mermaid"],
  ...["exceljs", "jszip", "parquet-wasm", "sql.js", "vega", "vega-lite", "vega-lite-api", "@uwdata/vgplot"],
  ...["@viz-js/viz", "@observablehq/sample-datasets"]
];

/**
 * Fills Framework's caches under `root` from node_modules, so that neither preview nor build asks the network.
 * Does nothing when packages and recipe are those of last time. Files are replaced whole, so that two runs at once,
 * or a preview that is reading, never meet half a file.
 */
export async function seed(root = "src"): Promise<void> {
  const cache = resolve(root, ".observablehq/cache");
  const stamp = join(cache, "seed.txt");
  const wanted = await fingerprint();
  if ((await readFile(stamp, "utf8").catch(() => "")) === wanted) return;
  for (const name of [...npmPackages, ...absent]) await removeOthers(join(cache, "_npm"), name);
  for (const name of absent) await mkdir(join(cache, "_npm", `${name}@0.0.0`), {recursive: true});
  await bundlePackages(join(cache, "_npm"), versionOf);
  for (const name of nodePackages) await bundleBare(name, join(cache, "_node"), versionOf);
  const katex = join(cache, "_npm", `katex@${versionOf("katex")}`, "dist");
  await replaceFile(join(katex, "katex.min.css"), await readFile(packageFile("katex", "dist/katex.min.css")));
  for (const font of await readdir(packageFile("katex", "dist/fonts")))
    await replaceFile(join(katex, "fonts", font), await readFile(packageFile("katex", `dist/fonts/${font}`)));
  await bundleTfjs(join(cache, "_node"), versionOf);
  await replaceFile(stamp, wanted);
}

const packageFile = (name: string, path: string) => resolve("node_modules", name, path);

function versionOf(name: string): string {
  return (require(packageFile(name, "package.json")) as {version: string}).version;
}

async function fingerprint(): Promise<string> {
  const hash = createHash("sha256");
  for (const file of ["seed.ts", "packages.ts", "tfjs.ts"]) hash.update(await readFile(new URL(file, import.meta.url)));
  for (const name of [...npmPackages, ...nodePackages, ...tfjsPackages, "esbuild"])
    hash.update(`${name}@${versionOf(name)}`);
  return hash.digest("hex");
}

/** An older or newer version left in the cache would win over the installed one. */
async function removeOthers(cache: string, name: string): Promise<void> {
  const keep = absent.includes(name) ? "0.0.0" : versionOf(name);
  const folder = dirname(join(cache, name));
  if (!existsSync(folder)) return;
  const prefix = `${name.split("/").at(-1)}@`;
  for (const entry of await readdir(folder))
    if (entry.startsWith(prefix) && entry !== prefix + keep) await rm(join(folder, entry), {recursive: true});
}
