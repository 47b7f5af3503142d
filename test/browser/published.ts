import {spawn} from "node:child_process";
import {cp, mkdtemp, realpath, rm, symlink, writeFile, mkdir} from "node:fs/promises";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import {dirname, join, resolve} from "node:path";
import {siteListener} from "../../tools/site/server.js";

/** A site that was built from some pages with the project's components, and is served. */
export interface Published {
  /** `http://127.0.0.1:4321/some/base`, without a slash at its end. */
  site: string;
  folder: string;
  /** Builds the site anew from other pages; it is served in the place of the one before. */
  publish(pages: Record<string, string>): Promise<void>;
  stop(): Promise<void>;
}

const copied = ["src", "tools", "observablehq.config.ts", "package.json", "tsconfig.json"];
const base = "/some/base/";

/** Builds and serves a site of these pages alone, below a base path. */
export async function publishPages(pages: Record<string, string>): Promise<Published> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "published-")));
  for (const name of copied) await cp(name, join(folder, name), {recursive: true, filter: isComponent});
  await symlink(resolve("node_modules"), join(folder, "node_modules"), "junction");
  const out = join(folder, "dist");
  const publish = async (pages: Record<string, string>) => {
    for (const [name, text] of Object.entries(pages)) {
      await mkdir(dirname(join(folder, "src", name)), {recursive: true});
      await writeFile(join(folder, "src", name), text);
    }
    await build(folder, out);
  };
  await publish(pages);
  const server = createServer(siteListener(out, {base}));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    ...{folder, publish},
    site: `http://127.0.0.1:${(server.address() as AddressInfo).port}${base.slice(0, -1)}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await rm(folder, {recursive: true});
    }
  };
}

/** Not the real pages, which would only take time. */
const isComponent = (path: string) => !/src[/\\].*\.md$/.test(path);

function build(folder: string, out: string): Promise<void> {
  const command = ["--import", "tsx", "tools/build.ts", "--no-check", "--out", out];
  const run = spawn(process.execPath, command, {cwd: folder, stdio: ["ignore", "ignore", "inherit"]});
  return new Promise((built, failed) =>
    run.on("exit", (code) => (code === 0 ? built() : failed(new Error(`the build ended with ${code}`))))
  );
}
