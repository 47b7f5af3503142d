import type {IncomingMessage, RequestListener, Server, ServerResponse} from "node:http";
import {catalogue, catalogueIndex} from "./catalogue.js";
import {assets, type Asset} from "./site/assets.js";
import {finishPage} from "./site/finish.js";
import {seed} from "./framework/seed.js";
import {isolate, mediaType} from "./site/headers.js";
import {sidebar} from "./site/pages.js";
import {freePort, wantedPort} from "./site/port.js";

process.env.OBSERVABLE_TELEMETRY_DISABLE = "1";
process.env.SITE_PREVIEW = "1";

const hostname = "127.0.0.1";
const wanted = wantedPort();
const port = await freePort(wanted, hostname);
const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];

await seed();
const {preview} = await import("@observablehq/framework/dist/preview.js");
const {readConfig} = await import("@observablehq/framework/dist/config.js");
const {server} = await preview({hostname, port, open: false, verbose: false});
const fixed = new Map((await assets({preview: true})).map((asset) => [asset.name, asset]));
const framework = takeListener(server, "request");
const upgrade = takeListener(server, "upgrade");

server.on("request", (request, response) => {
  answer(request, response).catch((error: Error) => {
    console.error(error.message);
    if (!response.headersSent) response.writeHead(500, {"Content-Type": "text/plain; charset=utf-8"});
    response.end(error.message);
  });
});
server.on("upgrade", (request: IncomingMessage, socket, head) => {
  if (isOurs(request)) upgrade(request, socket, head);
  else socket.destroy();
});

if (port !== wanted) console.log(`Port ${wanted} is taken, so this is ${port}.`);
console.log(`Ready: http://${hostname}:${port}/`);
console.log = () => undefined; // Framework logs every message between it and the page

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isOurs(request)) return void response.writeHead(403).end("expected a request to this machine by its own name");
  isolate(response);
  const {pathname} = new URL(request.url!, `http://${hostname}`);
  const asset = await findAsset(decodeURIComponent(pathname).slice(1));
  if (asset) {
    response.writeHead(200, {"Content-Type": mediaType(asset.name), "Cache-Control": "no-cache"});
    return void response.end(await asset.read());
  }
  const config = await readConfig();
  config.pages = sidebar(config.root);
  finishHtml(response);
  framework(request, response);
}

/** Another site that has its name resolved to this machine still sends its own name (DNS rebinding). */
function isOurs(request: IncomingMessage): boolean {
  const {host, origin} = request.headers;
  return hosts.includes(host ?? "") && (origin === undefined || hosts.some((ours) => origin === `http://${ours}`));
}

async function findAsset(name: string): Promise<Asset | undefined> {
  if (!name.startsWith("catalogue/")) return fixed.get(name);
  const files = await catalogue();
  if (name === "catalogue/index.json") return {name, read: async () => catalogueIndex(files)};
  const file = files.find((file) => `catalogue/${file.name}` === name);
  return file && {name, read: file.read};
}

/** Framework sends a page with one `end(html)`; the page is finished on its way out. */
function finishHtml(response: ServerResponse): void {
  const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
  response.end = ((...args: unknown[]) => {
    const html = String(response.getHeader("Content-Type")).startsWith("text/html") && typeof args[0] === "string";
    return html ? end(finishPage(args[0] as string), ...args.slice(1)) : end(...args);
  }) as typeof response.end;
}

function takeListener(from: Server, event: "request" | "upgrade"): (...args: unknown[]) => void {
  const [listener] = from.listeners(event) as ((...args: unknown[]) => void)[];
  from.removeListener(event, listener as RequestListener);
  return listener;
}
