import type {IncomingMessage, RequestListener, Server, ServerResponse} from "node:http";
import he from "he";
import {catalogue, catalogueIndex} from "./catalogue.js";
import {assets, type Asset} from "./site/assets.js";
import {finishPage} from "./site/finish.js";
import {seed} from "./framework/seed.js";
import {asReader, lookWhenWatching} from "./framework/watching.js";
import {keepModules} from "./edit/lastGoodModules.js";
import {answerEdit, newToken} from "./edit/listener.js";
import {types} from "./edit/types/client.js";
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
lookWhenWatching();
keepModules();
const {preview} = await import("@observablehq/framework/dist/preview.js");
const {readConfig} = await import("@observablehq/framework/dist/config.js");
const {server} = await preview({hostname, port, open: false, verbose: false});
const {root, md, loaders} = await readConfig();
const editing = {workshop: {root, md}, token: newToken(), hosts, types: types(root)};
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
  if (!isOurs(request)) return void socket.destroy();
  asReader(socket);
  upgrade(request, socket, head);
});

if (port !== wanted) console.log(`Port ${wanted} is taken, so this is ${port}.`);
console.log(`Ready: http://${hostname}:${port}/`);
console.log = () => undefined; // Framework logs every message between it and the page

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isOurs(request)) return void response.writeHead(403).end("expected a request to this machine by its own name");
  isolate(response);
  if (await answerEdit(editing, request, response)) return;
  const {pathname} = new URL(request.url!, `http://${hostname}`);
  const asset = await findAsset(decodeURIComponent(pathname).slice(1));
  if (asset) {
    response.writeHead(200, {"Content-Type": mediaType(asset.name), "Cache-Control": "no-cache"});
    return void response.end(await asset.read());
  }
  const config = await readConfig();
  config.pages = sidebar(config.root);
  const mark = editMark(pathname);
  if (mark) delete request.headers["if-none-match"]; // a page that the browser kept has the token of an earlier start
  finishHtml(response, mark);
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

/** What a page's editor needs: the page's file, and the secret that only our own pages can read. */
function editMark(pathname: string): string {
  const path = decodeURI(pathname)
    .replace(/\.html$/, "")
    .replace(/\/$/, "/index");
  const file = loaders.findPage(path)?.path.replace(/^\//, "");
  if (!file?.endsWith(".md")) return "";
  return `<meta name="edit-file" content="${he.escape(file)}"><meta name="edit-token" content="${editing.token}">`;
}

/** Framework sends a page with one `end(html)`; the page is finished on its way out. */
function finishHtml(response: ServerResponse, mark: string): void {
  const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
  response.end = ((...args: unknown[]) => {
    const html = String(response.getHeader("Content-Type")).startsWith("text/html") && typeof args[0] === "string";
    return html
      ? end(
          finishPage(args[0] as string).replace("</head>", () => `${mark}\n</head>`),
          ...args.slice(1)
        )
      : end(...args);
  }) as typeof response.end;
}

function takeListener(from: Server, event: "request" | "upgrade"): (...args: unknown[]) => void {
  const [listener] = from.listeners(event) as ((...args: unknown[]) => void)[];
  from.removeListener(event, listener as RequestListener);
  return listener;
}
