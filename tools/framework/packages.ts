import {dirname, join, relative} from "node:path";
import {build, type BuildOptions, type Plugin} from "esbuild";
import {replaceFile} from "./files.js";

/** What pages get implicitly (`Plot`, `d3`, `html` …) or import as `npm:…`: bundled from node_modules. */
export const npmPackages = ["d3", "d3-dsv", "htl", "isoformat", "katex", "@observablehq/plot", "arquero"];

type VersionOf = (name: string) => string;

/**
 * Puts the packages into Framework's cache of `npm:` imports, each thing once. The part of d3 that Plot uses is a file
 * of its own: a page with a plot loads that part, and a page that names `d3` loads the rest.
 */
export async function bundlePackages(cache: string, versionOf: VersionOf): Promise<void> {
  const fileOf = (name: string) => join(cache, `${name}@${versionOf(name)}`, "_esm.js");
  const core = join(dirname(fileOf("d3")), "core.js");
  const parts = await partsOfD3InPlot();
  const others = npmPackages.filter((name) => name !== "d3");
  const targets = new Map([...others.map((name): [string, string] => [name, fileOf(name)])]);
  const source = parts.map((name) => `export * from "${name}";`).join("\n");
  await write(core, {stdin: {contents: source, resolveDir: process.cwd()}});
  const d3 = new Map([...targets, ...parts.map((name): [string, string] => [name, core])]);
  await write(fileOf("d3"), {entryPoints: ["d3"], plugins: [separate(d3, fileOf("d3"))]});
  for (const name of others) {
    const apart = new Map([...targets, ["d3", name === "@observablehq/plot" ? core : fileOf("d3")]]);
    await write(fileOf(name), {entryPoints: [name], plugins: [separate(apart, fileOf(name))]});
  }
}

/** One package for Framework's cache of bare imports. */
export async function bundleBare(name: string, cache: string, versionOf: VersionOf): Promise<void> {
  await write(join(cache, `${name}@${versionOf(name)}`, "index.js"), {entryPoints: [name]});
}

/** How everything that a page loads is bundled. */
export const common = {
  bundle: true,
  write: false,
  format: "esm",
  platform: "browser",
  target: "es2022",
  minify: true,
  legalComments: "none"
} as const satisfies BuildOptions;

async function write(path: string, options: BuildOptions): Promise<void> {
  const {outputFiles} = await build({...options, ...common});
  await replaceFile(path, outputFiles[0].contents);
}

/** The d3-… packages of which anything is left when Plot and d3 are bundled together. */
async function partsOfD3InPlot(): Promise<string[]> {
  const {metafile} = await build({...common, entryPoints: ["@observablehq/plot"], metafile: true});
  const [{inputs}] = Object.values(metafile.outputs);
  const used = Object.entries(inputs).filter(([, {bytesInOutput}]) => bytesInOutput > 0);
  return [...new Set(used.flatMap(([path]) => /node_modules\/(d3-[\w-]+)\//.exec(path)?.[1] ?? []))].sort();
}

/** Leaves the named packages out of a bundle: it imports the files that hold them. */
function separate(files: Map<string, string>, importer: string): Plugin {
  const path = (file: string) =>
    relative(dirname(importer), file)
      .replaceAll("\\", "/")
      .replace(/^(?!\.)/, "./");
  return {
    name: "separate",
    setup(esbuild) {
      esbuild.onResolve({filter: /^[^./]/}, ({kind, path: name}) => {
        const file = files.get(name);
        return kind === "entry-point" || !file ? undefined : {path: path(file), external: true, sideEffects: false};
      });
    }
  };
}
