import {createReadStream} from "node:fs";
import {stat} from "node:fs/promises";
import {createServer, type Server} from "node:http";
import {createRequire} from "node:module";
import {dirname, extname, join, resolve} from "node:path";
import type {AddressInfo} from "node:net";
import {build} from "esbuild";
import {chromium} from "playwright-core";
import {bundleTfjs} from "../framework/tfjs.js";

const require = createRequire(import.meta.url);
const versionOf = (name: string): string => require(`${name}/package.json`).version;
const cache = resolve(".cache/bench");
const wasm = dirname(require.resolve("@tensorflow/tfjs-backend-wasm"));
const types: Record<string, string> = {".js": "text/javascript", ".wasm": "application/wasm", ".html": "text/html"};
const flags =
  "--no-sandbox --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync " +
  "--enable-unsafe-webgpu --use-webgpu-adapter=swiftshader";

/**
 * Runs a module in a worker of a cross-origin isolated page, as the site's compute worker runs, and returns what it
 * posts last. Every message before that is a line for the terminal.
 */
export async function inWorker<T>(
  entry: string,
  request: unknown,
  {port = 0, executable = findChromium()} = {}
): Promise<T> {
  await bundleTfjs(cache, versionOf);
  await bundleWorker(entry);
  const server = await serve(port);
  const browser = await chromium.launch({executablePath: executable, args: flags.split(" ")});
  try {
    const page = await browser.newPage();
    await page.exposeFunction("say", (line: string) => console.log(line));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return (await page.evaluate(startWorker, request)) as T;
  } finally {
    await browser.close();
    server.close();
  }
}

const findChromium = () => process.env.CHROME_PATH ?? "/usr/bin/chromium";

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

/** The entry and our components in one file; tfjs is the site's own bundle, found under /node/. */
async function bundleWorker(entry: string): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile: join(cache, "worker.js"),
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    define: {"import.meta.resolve": "resolveWasm"},
    banner: {
      js: "const resolveWasm = (name) => new URL('/wasm/' + name.split('/').at(-1), self.location.origin).href;"
    },
    plugins: [
      {
        name: "site-tfjs",
        setup: (esbuild) =>
          esbuild.onResolve({filter: /^@tensorflow\/tfjs(-backend-\w+)?$/}, ({path}) => ({
            path: `/node/${path}@${versionOf(path)}/index.js`,
            external: true
          }))
      }
    ]
  });
}

async function serve(port: number): Promise<Server> {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url!, "http://localhost").pathname);
    const file = path.startsWith("/wasm/") ? join(wasm, path.slice(5)) : join(cache, path.replace(/^\/node\//, "/"));
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    if (path === "/") return response.setHeader("Content-Type", "text/html").end("<!doctype html><title>bench</title>");
    const found = await stat(file).catch(() => null);
    if (!found?.isFile()) return response.writeHead(404).end();
    response.setHeader("Content-Type", types[extname(file)] ?? "application/octet-stream");
    return createReadStream(file).pipe(response);
  });
  await new Promise<void>((ready) => server.listen(port, "127.0.0.1", ready));
  return server;
}
