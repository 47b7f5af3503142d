import {createHash} from "node:crypto";
import {mkdir, readFile, readdir, rm} from "node:fs/promises";
import {existsSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join, relative, resolve} from "node:path";
import {build} from "esbuild";
import {replaceFile} from "./files.js";
import {bundleTfjs, tfjsPackages} from "./tfjs.js";

const require = createRequire(import.meta.url);

/** What pages get implicitly (`Plot`, `d3`, `html` …) or import as `npm:…`: bundled from node_modules. */
export const npmPackages = ["d3", "d3-dsv", "htl", "isoformat", "katex", "@observablehq/plot", "arquero"];

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
  for (const name of npmPackages) await bundlePackage(name, join(cache, "_npm"), "_esm.js", npmPackages);
  for (const name of nodePackages) await bundlePackage(name, join(cache, "_node"), "index.js", nodePackages);
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
  for (const file of ["seed.ts", "tfjs.ts"]) hash.update(await readFile(new URL(file, import.meta.url)));
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

async function bundlePackage(name: string, cache: string, file: string, separate: string[]): Promise<void> {
  const fileOf = (other: string) => join(cache, `${other}@${versionOf(other)}`, file);
  const folder = dirname(fileOf(name));
  const {outputFiles} = await build({
    entryPoints: [name],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minify: true,
    legalComments: "none",
    plugins: [
      {
        name: "separate", // d3 inside Plot is the d3 of the page, loaded once
        setup(esbuild) {
          esbuild.onResolve({filter: /^[^./]/}, ({kind, path}) =>
            kind !== "entry-point" && separate.includes(path)
              ? {path: posix(relative(folder, fileOf(path))), external: true}
              : undefined
          );
        }
      }
    ]
  });
  await replaceFile(fileOf(name), outputFiles[0].contents);
}

const posix = (path: string) => path.replaceAll("\\", "/");
