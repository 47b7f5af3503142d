import {existsSync} from "node:fs";
import {readdir, readFile, symlink, writeFile} from "node:fs/promises";
import {createServer, type IncomingMessage, type ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {join} from "node:path";
import {expect, onTestFinished, test} from "vitest";
import {download} from "../../../tools/data/download.js";
import {prepare} from "../../../tools/data/cifar10.js";
import {folder, layoutOf, tarball, tiny} from "./archives.js";

const archive = tarball(tiny());
const bytes = archive.length;
const third = Math.floor(bytes / 3);

type Answer = (request: IncomingMessage, response: ServerResponse, turn: number) => void;

/** A server on this machine; the ranges that were asked for. */
async function serve(answer: Answer): Promise<{url: string; ranges: (string | undefined)[]}> {
  const ranges: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    ranges.push(request.headers.range);
    answer(request, response, ranges.length - 1);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.tar.gz`, ranges};
}

const from = (request: IncomingMessage) => Number(/\d+/.exec(request.headers.range ?? "0")![0]);

/** The connection that is to break, once so many bytes are in the file: what fetch holds unread is lost with it. */
let breaks: {at: number; response: ServerResponse} | undefined;
const drop = (fraction: number) => {
  if (breaks && Math.round(fraction * bytes) === breaks.at) breaks.response.destroy();
};

/** Sends what is asked for, at most `most` bytes of it; then `drop`, as the report of the download, ends the connection. */
const breaking: (most: number) => Answer = (most) => (request, response) => {
  const start = from(request);
  const head = {"content-length": bytes - start, "content-range": `bytes ${start}-${bytes - 1}/${bytes}`};
  response.writeHead(start ? 206 : 200, head);
  breaks = start + most < bytes ? {at: start + most, response} : undefined;
  if (breaks) response.write(archive.subarray(start, start + most));
  else response.end(archive.subarray(start));
};

const whole: Answer = (_, response) => void response.writeHead(200, {"content-length": bytes}).end(archive);
const quick = {bytes, pause: 1};

test("a download that breaks twice goes on where it broke", async () => {
  const {url, ranges} = await serve(breaking(third + 1));
  const path = join(await folder(), "new", "a.tar.gz");
  const seen: number[] = [];
  await download(url, path, quick, (fraction) => {
    seen.push(fraction);
    drop(fraction);
  });
  expect(await readFile(path)).toEqual(archive);
  expect(ranges).toEqual([undefined, `bytes=${third + 1}-`, `bytes=${2 * third + 2}-`]);
  expect(seen.at(-1)).toBe(1);
  expect([...seen].sort((a, b) => a - b)).toEqual(seen);
});

test("a server that ignores the range is read from the start", async () => {
  const {url, ranges} = await serve((request, response, turn) =>
    (turn ? whole : breaking(third))(request, response, turn)
  );
  const path = join(await folder(), "a.tar.gz");
  await download(url, path, quick, drop);
  expect(await readFile(path)).toEqual(archive);
  expect(ranges.at(-1)).toBe(`bytes=${third}-`);
});

test("a download given up keeps what has come, and a later one asks for the rest alone", async () => {
  const {url} = await serve((request, response, turn) =>
    turn ? void response.destroy() : breaking(third)(request, response, turn)
  );
  const path = join(await folder(), "a.tar.gz");
  await expect(download(url, path, quick, drop)).rejects.toThrow(
    new RegExp(`^Expected the rest of ${url}, .* bytes, got ${third.toLocaleString("en-US")} .*goes on from there\\.$`)
  );
  expect(await readFile(`${path}.part`)).toEqual(archive.subarray(0, third));
  const later = await serve(breaking(bytes));
  await download(later.url, path, quick, () => {});
  expect(later.ranges).toEqual([`bytes=${third}-`]);
  expect(await readFile(path)).toEqual(archive);
  expect(existsSync(`${path}.part`)).toBe(false);
});

test.each<[string, Answer, RegExp]>([
  [
    "an HTML page",
    (_, r) => void r.writeHead(200, {"content-type": "text/html"}).end("<p>Sign in"),
    /a gzip archive .* got an HTML page/
  ],
  [
    "an HTML page that does not say so",
    (_, r) => void r.write("<!doctype html>", () => r.end()),
    /a gzip archive .* got an HTML page/
  ],
  [
    "another length",
    (_, r) => void r.writeHead(200, {"content-length": 12}).end(),
    /Expected .* bytes from .* got 12\./
  ],
  [
    "more than it should",
    (_, r) => void r.write(Buffer.concat([archive, archive]), () => r.end()),
    /Expected .* bytes from .* got more\./
  ],
  ["an error", (_, r) => void r.writeHead(503).end(), /to answer 200, got 503\./]
])("a server that sends %s is refused in one sentence and leaves nothing", async (_, answer, sentence) => {
  const {url} = await serve(answer);
  const data = await folder();
  await expect(download(url, join(data, "a.tar.gz"), quick, () => {})).rejects.toThrow(sentence);
  expect(await readdir(data)).toEqual([]);
});

test("no server: its address and the reason are named", async () => {
  const data = await folder();
  const path = join(data, "a.tar.gz");
  await expect(download("http://127.0.0.1:9/a.tar.gz", path, quick, () => {})).rejects.toThrow(
    /^Expected http:\/\/127\.0\.0\.1:9\/a\.tar\.gz to answer, got .+\.$/
  );
  expect(await readdir(data)).toEqual([]);
});

test.skipIf(!existsSync("/dev/full"))("a full disk is named, and what was written goes", async () => {
  const {url} = await serve(whole);
  const data = await folder();
  await symlink("/dev/full", join(data, "a.tar.gz.part"));
  await expect(download(url, join(data, "a.tar.gz"), quick, () => {})).rejects.toThrow(
    `Expected room for ${join(data, "a.tar.gz")}, got a full disk.`
  );
  expect(await readdir(data)).toEqual([]);
});

test("downloaded, checked and unpacked; the archive itself does not stay", async () => {
  const {url} = await serve(whole);
  const data = await folder();
  const manifest = await prepare(data, {show: () => () => {}}, layoutOf(archive, url));
  expect(manifest.official).toBe(true);
  expect(await readdir(data)).toEqual(["cifar10"]);
});

test("a download with another digest is refused and does not stay; --unofficial is for files only", async () => {
  const other = Buffer.from(archive);
  other[bytes - 5] ^= 1;
  const {url} = await serve((_, response) => void response.end(other));
  const data = await folder();
  const options = {show: () => () => {}, unofficial: true};
  await expect(prepare(data, options, layoutOf(archive, url))).rejects.toThrow("to have the SHA-256");
  expect(await readdir(data)).toEqual([]);
});

test("a part longer than the archive is not appended to", async () => {
  const {url, ranges} = await serve(whole);
  const path = join(await folder(), "a.tar.gz");
  await writeFile(`${path}.part`, Buffer.alloc(bytes + 1));
  await download(url, path, quick, () => {});
  expect(ranges).toEqual([undefined]);
  expect(await readFile(path)).toEqual(archive);
});
