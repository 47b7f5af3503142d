import {createServer, request, type Server} from "node:http";
import type {AddressInfo} from "node:net";
import {rm} from "node:fs/promises";
import {afterAll, beforeAll, expect, test} from "vitest";
import {answerEdit} from "../../../tools/edit/listener.js";
import type {Place} from "../../../tools/edit/place.js";
import type {Types} from "../../../tools/edit/types/client.js";
import {type Bench, bench, parse} from "./workshop.js";

let it: Bench;
let server: Server;
let host: string;
const token = "the-token-of-this-start";

/** In the place of the compiler: says what it was asked. */
const echo: Types = {ask: async (question) => [question] as never, end: async () => undefined};

beforeAll(async () => {
  it = await bench();
  server = createServer((request, response) => {
    const hosts = [host, host.replace("127.0.0.1", "localhost")];
    answerEdit({workshop: it, token, hosts, types: echo}, request, response).then(
      (done) => done || response.end("a page")
    );
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(it.folder, {recursive: true});
});

interface Sent {
  method?: string;
  path?: string;
  headers?: Record<string, string | undefined>;
  body?: string | Buffer;
}

function ask({
  method = "POST",
  path = "/_edit/save",
  headers = {},
  body
}: Sent): Promise<{status: number; text: string}> {
  const all = {
    ...{host, origin: `http://${host}`, "content-type": "application/json", "x-edit-token": token},
    ...headers
  };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const port = (server.address() as AddressInfo).port;
    const sent = request({host: "127.0.0.1", port, method, path, headers: given}, (response) => {
      let text = "";
      response.on("data", (data) => (text += data));
      response.on("end", () => resolve({status: response.statusCode!, text}));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** A page with one paragraph, and the request that changes it. */
async function saving(text = "typed"): Promise<string> {
  await it.put("page.md", "as it was\n");
  const {id} = parse("as it was\n").blocks[0];
  const path = `/_edit/block?file=page.md&id=${id}`;
  const {place} = JSON.parse((await ask({method: "GET", path, headers: {origin: undefined}})).text) as {place: Place};
  return JSON.stringify({do: "replace", file: "page.md", place, text});
}

test("a page of this server reads a block and saves it, under both of the machine's names", async () => {
  expect(await ask({body: await saving()})).toMatchObject({status: 200});
  expect(await it.get("page.md")).toBe("typed\n");
  const local = host.replace("127.0.0.1", "localhost");
  expect(await ask({body: await saving(), headers: {host: local, origin: `http://${local}`}})).toMatchObject({
    status: 200
  });
});

test.each<[string, Sent, number]>([
  ["another site's page", {headers: {origin: "https://evil.example"}}, 403],
  ["a sandboxed page", {headers: {origin: "null"}}, 403],
  ["a page of this machine on another port", {headers: {origin: "http://127.0.0.1:1"}}, 403],
  ["a page of the same name over https", {headers: {origin: "https://127.0.0.1:3000"}}, 403],
  ["a name that was made to lead here", {headers: {host: "evil.example"}}, 403],
  ["no origin", {headers: {origin: undefined}}, 403],
  ["no token", {headers: {"x-edit-token": undefined}}, 403],
  ["an empty token", {headers: {"x-edit-token": ""}}, 403],
  ["the token of another start", {headers: {"x-edit-token": "the-token-of-that-start"}}, 403],
  ["a longer token", {headers: {"x-edit-token": `${token}x`}}, 403],
  ["a form, which any site can send", {headers: {"content-type": "application/x-www-form-urlencoded"}}, 415],
  ["plain text, which any site can send", {headers: {"content-type": "text/plain"}}, 415],
  ["no media type", {headers: {"content-type": undefined}}, 415],
  ["a link", {method: "GET"}, 405],
  ["PUT", {method: "PUT"}, 405],
  ["another address", {path: "/_edit/run"}, 404],
  ["an address that climbs", {path: "/_edit/../_edit/run"}, 404]
])("a save is refused from %s", async (_, sent, status) => {
  const body = await saving();
  expect(await ask({body: sent.method === "GET" ? undefined : body, ...sent})).toMatchObject({status});
  expect(await it.get("page.md")).toBe("as it was\n");
});

test("reading needs the token too", async () => {
  await it.put("page.md", "as it was\n");
  const path = `/_edit/block?file=page.md&id=${parse("as it was\n").blocks[0].id}`;
  expect(await ask({method: "GET", path, headers: {"x-edit-token": undefined}})).toMatchObject({status: 403});
  expect(await ask({method: "POST", path})).toMatchObject({status: 405});
});

test.each([
  ["file=../package.json&id=1", 403],
  ["file=%2e%2e%2fpackage.json&id=1", 403],
  ["file=page.md&id=none", 409],
  ["file=none.md&id=1", 404],
  ["id=1", 403],
  ["file=page.md", 400]
])("a block is not read by ?%s", async (query, status) => {
  await it.put("page.md", "as it was\n");
  expect(await ask({method: "GET", path: `/_edit/block?${query}`})).toMatchObject({status});
});

test.each<[string, string | Buffer, number]>([
  ["more than 16 MB", Buffer.alloc(17 * 2 ** 20, 0x20), 413],
  ["no JSON", "do=replace", 400],
  ["bytes that are not UTF-8", Buffer.from([0x22, 0xff, 0x22]), 400],
  ["nothing", "", 400]
])("a body is refused: %s", async (_, body, status) => {
  const answer = await ask({body}).catch((error: NodeJS.ErrnoException) => ({
    status: error.code === "EPIPE" || error.code === "ECONNRESET" ? 413 : 0
  }));
  expect(answer).toMatchObject({status});
});

test("other addresses are not the editor's", async () => {
  expect(await ask({method: "GET", path: "/week1/page"})).toEqual({status: 200, text: "a page"});
});

test.each<[string, Sent, number]>([
  ...["rename", "delete", "move", "remove"].map((name): [string, Sent, number] => [
    `POST /_edit/${name}`,
    {path: `/_edit/${name}`, body: JSON.stringify({file: "page.md", name: "week1/other"})},
    404
  ]),
  ...["DELETE", "PUT", "PATCH"].map((method): [string, Sent, number] => [
    `${method} of a block`,
    {method, path: "/_edit/block?file=page.md"},
    405
  ]),
  ["DELETE of a save", {method: "DELETE"}, 405],
  ["an edit that renames", {body: JSON.stringify({do: "rename", file: "page.md", name: "week1/other"})}, 400],
  ["an edit that deletes no block", {body: JSON.stringify({do: "delete", file: "page.md"})}, 400],
  ["a new notebook over another", {path: "/_edit/new", body: JSON.stringify({name: "week1/taken"})}, 409]
])("a notebook is neither renamed nor deleted by the page: %s", async (_, sent, status) => {
  await it.put("page.md", "as it was\n");
  await it.put("week1/taken.md", "taken\n");
  expect((await ask(sent)).status).toBe(status);
  expect([await it.get("page.md"), await it.get("week1/taken.md")]).toEqual(["as it was\n", "taken\n"]);
  await expect(it.get("week1/other.md")).rejects.toThrow("ENOENT");
});

test("types are told of pages and components alone, by their real names", async () => {
  await it.put("page.md", "as it was\n");
  await it.put("components/math/x.ts", "export const x = 1;\n");
  const question = {ask: "hover", file: "page.md", id: "0123456789ab", text: "x", at: 1};
  const types = (asked: object) =>
    ask({path: "/_edit/types", body: JSON.stringify({...question, ...asked})}).then(({status, text}) => [
      status,
      JSON.parse(text)
    ]);
  expect(await types({})).toEqual([200, {answer: [{...question, label: ""}]}]);
  expect(await types({file: "components/math/x.ts", id: null})).toMatchObject([200, {answer: [{id: null}]}]);
  expect(await types({id: null})).toMatchObject([400, {error: "expected a cell of a page, or a whole component"}]);
  expect(await types({file: "../package.json"})).toMatchObject([403, {}]);
  expect(await types({file: "data/x.json.ts", id: null})).toMatchObject([403, {}]);
  expect(await types({file: "none.md"})).toMatchObject([404, {}]);
  expect(await types({ask: "rename"})).toMatchObject([400, {error: 'types: expected ask, got "rename"'}]);
  expect(await types({at: -1})).toMatchObject([400, {error: "types: expected at, got -1"}]);
  expect((await ask({path: "/_edit/types", headers: {"x-edit-token": "other"}, body: "{}"})).status).toBe(403);
  expect((await ask({path: "/_edit/types", headers: {origin: "http://elsewhere"}, body: "{}"})).status).toBe(403);
});
