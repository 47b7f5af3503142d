import {spawn, type ChildProcess} from "node:child_process";
import {cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {dirname, join, resolve} from "node:path";
import {freePort} from "../site/port.js";

/** The real preview server on a copy of the notebooks. */
export interface Preview {
  /** `http://127.0.0.1:4300` */
  site: string;
  /** The copy's folder: `src` and `.history` are in it. */
  folder: string;
  put(name: string, text: string): Promise<void>;
  get(name: string): Promise<string>;
  /** Ends the server and starts it anew on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const copied = ["src", "tools", "observablehq.config.ts", "package.json", "tsconfig.json"];

/** Starts a preview with these pages beside the real ones. */
export async function startPreview(pages: Record<string, string> = {}): Promise<Preview> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "preview-")));
  for (const name of copied) await cp(name, join(folder, name), {recursive: true});
  await symlink(resolve("node_modules"), join(folder, "node_modules"), "junction");
  // several may start at once, and a restart takes the same port again
  const port = await freePort(4400 + (process.pid % 4000), "127.0.0.1");
  const put = async (name: string, text: string) => {
    await mkdir(dirname(join(folder, "src", name)), {recursive: true});
    await writeFile(join(folder, "src", name), text);
  };
  for (const [name, text] of Object.entries(pages)) await put(name, text);
  let server = await listen(folder, port);
  const end = () => new Promise<void>((ended) => (server.on("exit", () => ended()), server.kill()));
  return {
    ...{site: `http://127.0.0.1:${port}`, folder, put},
    get: (name) => readFile(join(folder, "src", name), "utf8"),
    async restart() {
      await end();
      server = await listen(folder, port);
    },
    async stop() {
      await end();
      await rm(folder, {recursive: true});
    }
  };
}

async function listen(folder: string, port: number): Promise<ChildProcess> {
  const env = {...process.env, PORT: String(port)};
  const command = ["--import", "tsx", "tools/dev.ts"];
  const server = spawn(process.execPath, command, {cwd: folder, env, stdio: ["ignore", "pipe", "inherit"]});
  let said = "";
  await new Promise<void>((ready, reject) => {
    server.stdout!.on("data", (data) => (said += data).includes("Ready") && ready());
    server.on("exit", () => reject(new Error(`the preview ended: ${said}`)));
  });
  return server;
}
