import {createReadStream} from "node:fs";
import {stat} from "node:fs/promises";
import {createServer, type Server} from "node:http";
import {createRequire} from "node:module";
import type {AddressInfo} from "node:net";
import {dirname, extname, join, resolve} from "node:path";
import {build, type Plugin} from "esbuild";
import {launch, provideChromium} from "../browser.js";
import {bundleTfjs} from "../framework/tfjs.js";

const require = createRequire(import.meta.url);
const versionOf = (name: string): string => require(`${name}/package.json`).version;
const cache = resolve(".cache/bench");
const wasm = dirname(require.resolve("@tensorflow/tfjs-backend-wasm"));
const types: Record<string, string> = {".js": "text/javascript", ".wasm": "application/wasm"};

/** What a worker under `inWorker` posts: lines for the terminal, then its result or an error. */
export type Message<T> = {line: string} | {result: T} | {error: string};

/**
 * Runs a module in a worker of a cross-origin isolated page, as the site's compute worker runs: it gets `request` as its
 * first message and answers with `Message`s.
 *
 * @param more flags for Chromium.
 * @throws Error when the worker fails or posts an error.
 */
export async function inWorker<T>(
  entry: string,
  request: unknown,
  say: (line: string) => void,
  more: string[] = []
): Promise<T> {
  await bundleTfjs(cache, versionOf);
  const server = await serve(await bundle(entry));
  const browser = await launch(provideChromium(), more);
  try {
    const page = await browser.newPage();
    await page.exposeFunction("say", say);
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return (await page.evaluate(startWorker, request)) as T;
  } finally {
    await browser.close();
    server.close();
  }
}

function startWorker(request: unknown): Promise<unknown> {
  const worker = new Worker("/worker.js", {type: "module"});
  worker.postMessage(request);
  return new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({data}) => {
      if ("line" in data) (globalThis as unknown as {say(line: string): void}).say(data.line);
      else if ("error" in data) reject(new Error(data.error));
      else resolve(data.result);
    };
  });
}

/** The entry and our components in one file. */
async function bundle(entry: string): Promise<string> {
  const {outputFiles} = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    define: {"import.meta.resolve": "wasmUrl"},
    banner: {js: "const wasmUrl = (name) => new URL('/wasm/' + name.split('/').at(-1), self.location.origin).href;"},
    plugins: [siteTfjs]
  });
  return outputFiles[0].text;
}

/** tfjs is the bundle that the site has, so that what is measured is what a reader gets. */
const siteTfjs: Plugin = {
  name: "site-tfjs",
  setup(esbuild) {
    const external = (path: string) => ({path: `/node/${path}@${versionOf(path)}/index.js`, external: true});
    esbuild.onResolve({filter: /^@tensorflow\/tfjs(-backend-\w+|-layers)?$/}, ({path}) => external(path));
  }
};

async function serve(worker: string): Promise<Server> {
  const server = createServer(async ({url}, response) => {
    const {pathname} = new URL(url!, "http://localhost");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    response.setHeader("Content-Type", types[extname(pathname)] ?? "text/html");
    if (pathname === "/") return response.end("<!doctype html><title>bench</title>");
    if (pathname === "/worker.js") return response.end(worker);
    const [, root, ...path] = pathname.split("/");
    const file = join(root === "wasm" ? wasm : cache, ...path);
    if (!(await stat(file).catch(() => null))?.isFile()) return response.writeHead(404).end();
    return createReadStream(file).pipe(response);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return server;
}
