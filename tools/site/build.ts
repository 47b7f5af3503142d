import {readdir, readFile, rename, rm, writeFile, mkdir} from "node:fs/promises";
import {existsSync} from "node:fs";
import {basename, dirname, join, resolve} from "node:path";
import {transform} from "esbuild";
import {build, FileBuildEffects} from "@observablehq/framework/dist/build.js";
import {type Config, readConfig} from "@observablehq/framework/dist/config.js";
import {catalogue, catalogueIndex} from "../catalogue.js";
import {printedPdf} from "../pdf/name.js";
import {withLock} from "../framework/files.js";
import {seed} from "../framework/seed.js";
import {assets, type Asset} from "./assets.js";
import {finishPage, formulaRenderer} from "./finish.js";
import {toRoot} from "./head.js";
import {publisher} from "./published/publish.js";

process.env.OBSERVABLE_TELEMETRY_DISABLE = "1";

/**
 * Builds the site into `out`, whole or not at all: it is made beside `out` and takes its place at the end.
 *
 * @throws Error if `out` holds something that is not an earlier build.
 */
export async function buildSite(out: string): Promise<{pages: number; files: number}> {
  if (existsSync(out) && (await readdir(out)).length && !existsSync(join(out, "_observablehq")))
    throw new Error(`build: expected an empty folder or an earlier build, got ${out}`);
  return withLock(join(".cache", "build.lock"), async () => {
    await seed();
    const beside = join(dirname(resolve(out)), `.${basename(out)}.${process.pid}.part`);
    try {
      await rm(beside, {recursive: true, force: true});
      const config = await runFramework(beside);
      const pages = await finishPages(beside, config);
      await minifyModules(beside);
      const files = await writeAssets(beside);
      await rm(out, {recursive: true, force: true});
      await mkdir(dirname(resolve(out)), {recursive: true});
      await rename(beside, out);
      return {pages, files};
    } finally {
      await rm(beside, {recursive: true, force: true});
    }
  });
}

async function runFramework(output: string): Promise<Config> {
  const config = await readConfig();
  const quiet = {log: () => undefined, warn: () => undefined, error: console.error};
  const effects = new FileBuildEffects(output, join(config.root, ".observablehq", "cache"), {
    logger: quiet,
    output: {write: () => undefined}
  });
  await build({config: {...config, output}}, effects);
  return config;
}

async function finishPages(out: string, {root, md}: Config): Promise<number> {
  const renderFormulas = formulaRenderer();
  const names = (await readdir(out, {recursive: true})).map((name) => name.replaceAll("\\", "/"));
  const publish = await publisher({out, names, root, md});
  const pages = names.filter((name) => name.endsWith(".html"));
  for (const name of pages) {
    const file = join(out, name);
    const page = name.slice(0, -".html".length);
    const pdf = printedPdf(page);
    const html = finishPage(await readFile(file, "utf8"), pdf && toRoot(`/${page}`) + pdf);
    await writeFile(file, renderFormulas(await publish(name, html)));
  }
  return pages.length;
}

/** Framework minifies packages but not our own modules, of which a page loads dozens. */
async function minifyModules(out: string): Promise<void> {
  const folder = join(out, "_import");
  const names = await readdir(folder, {recursive: true}).catch(() => []);
  for (const name of names.filter((name) => name.endsWith(".js"))) {
    const path = join(folder, name);
    const {code} = await transform(await readFile(path, "utf8"), {minify: true, format: "esm", target: "es2022"});
    await writeFile(path, code);
  }
}

async function writeAssets(out: string): Promise<number> {
  const listed = await catalogue();
  const index: Asset = {name: "catalogue/index.json", read: async () => catalogueIndex(listed)};
  const entries = listed.map(({name, read}) => ({name: `catalogue/${name}`, read}));
  const files = [...(await assets()), index, ...entries];
  for (const {name, read} of files) {
    await mkdir(dirname(join(out, name)), {recursive: true});
    await writeFile(join(out, name), await read());
  }
  return files.length;
}
