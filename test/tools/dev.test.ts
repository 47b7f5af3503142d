import {spawn, type ChildProcess} from "node:child_process";
import {request, type IncomingHttpHeaders} from "node:http";
import {networkInterfaces} from "node:os";
import {afterAll, beforeAll, expect, test, vi} from "vitest";
import {freePort} from "../../tools/site/port.js";

vi.setConfig({testTimeout: 120_000}); // the first page and the catalogue read much, on a machine that may have other work
let server: ChildProcess;
let port: number;
let said = "";

beforeAll(async () => {
  port = await freePort(4520, "127.0.0.1");
  const env = {...process.env, PORT: String(port)};
  server = spawn(process.execPath, ["--import", "tsx", "tools/dev.ts"], {env, stdio: ["ignore", "pipe", "inherit"]});
  await new Promise<void>((ready, reject) => {
    server.stdout!.on("data", (data) => (said += data).includes("Ready") && ready());
    server.on("exit", () => reject(new Error(`the preview ended: ${said}`)));
  });
}, 60_000);
afterAll(() => void server.kill());

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

function get(path: string, headers: Record<string, string> = {}, host = "127.0.0.1"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({host, port, path, headers, timeout: 100_000}, (response) => {
      let text = "";
      response.on("data", (data) => (text += data));
      response.on("end", () => resolve({status: response.statusCode!, headers: response.headers, text}));
    });
    sent.on("upgrade", (response, socket) => {
      socket.destroy();
      resolve({status: response.statusCode!, headers: response.headers, text: ""});
    });
    sent.on("error", reject);
    sent.on("timeout", () => sent.destroy(new Error("no answer")));
    sent.end();
  });
}

test("one line says that the preview is ready", () => {
  expect(said).toBe(`Ready: http://127.0.0.1:${port}/\n`);
});

test("pages are isolated, in English and may be zoomed", async () => {
  const {status, headers, text} = await get("/");
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp"
  });
  expect(text).toContain('<html lang="en">');
  expect(text).not.toContain("maximum-scale");
});

test("the catalogue is served live, its names only", async () => {
  const {entries} = JSON.parse((await get("/catalogue/index.json")).text) as {entries: {name: string}[]};
  expect(entries.map(({name}) => name)).toContain("source/components/math/random.ts");
  expect((await get("/catalogue/source/components/math/random.ts")).text).toContain("export function rng");
  expect((await get("/catalogue/source/components/math/random.ts.html")).text).toContain("hljs-keyword");
  expect((await get("/catalogue/source/components/../../package.json")).text).not.toContain('"devDependencies"');
  expect((await get("/catalogue/%2e%2e/%2e%2e/package.json")).text).not.toContain('"devDependencies"');
});

test("style sheets and fonts of every page are there", async () => {
  expect((await get("/assets/fonts.css")).headers["content-type"]).toBe("text/css; charset=utf-8");
  expect((await get("/assets/fonts/KaTeX_Main-Regular.woff2")).headers["content-type"]).toBe("font/woff2");
});

test("it listens at 127.0.0.1 and at no other address of this machine", async () => {
  const others = Object.values(networkInterfaces()).flatMap((list = []) => list.map(({address}) => address));
  for (const address of new Set(["127.0.0.2", ...others]))
    if (address !== "127.0.0.1") await expect(get("/", {host: `127.0.0.1:${port}`}, address)).rejects.toThrow();
});

test("a request under another name, or from another site, is refused", async () => {
  expect((await get("/", {host: "evil.example"})).status).toBe(403);
  expect((await get("/", {host: `evil.example:${port}`})).status).toBe(403);
  expect((await get("/", {origin: "https://evil.example"})).status).toBe(403);
  expect((await get("/", {host: `localhost:${port}`, origin: `http://localhost:${port}`})).status).toBe(200);
});

test("so is the socket that carries the page's updates", async () => {
  const upgrade = {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ=="
  };
  expect((await get("/_observablehq", upgrade)).status).toBe(101);
  await expect(get("/_observablehq", {...upgrade, origin: "https://evil.example"})).rejects.toThrow();
});

test("a page carries what its editor needs, anew even for a browser that kept it, and nobody else reads a block", async () => {
  const {text, headers} = await get("/week2/resnet-from-scratch");
  const token = /<meta name="edit-token" content="([\w-]{32})">/.exec(text)![1];
  const id = /data-block="([0-9a-f]{12})"/.exec(text)![1];
  expect(text).toContain('<meta name="edit-file" content="week2/resnet-from-scratch.md">');
  expect((await get("/week2/resnet-from-scratch", {"if-none-match": headers.etag!})).text).toContain(token);
  const address = `/_edit/block?file=week2/resnet-from-scratch.md&id=${id}`;
  expect((await get(address)).status).toBe(403);
  expect((await get(address, {"x-edit-token": token})).status).toBe(200);
  expect((await get(address, {"x-edit-token": token, origin: "https://evil.example"})).status).toBe(403);
});

test("a page that does not exist has nothing to edit", async () => {
  expect((await get("/week9/none")).text).not.toContain("edit-token");
});
