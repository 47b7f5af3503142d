import {randomBytes, timingSafeEqual} from "node:crypto";
import type {IncomingMessage, ServerResponse} from "node:http";
import {createNotebook} from "./create.js";
import {editable} from "./paths.js";
import {Refusal} from "./refusal.js";
import {parseEdit, parseName, parseQuestion} from "./request.js";
import {save} from "./save.js";
import {show, type Workshop} from "./show.js";
import type {Types} from "./types/client.js";

const most = 16 * 2 ** 20;

/** A secret of this start of the server. Only its own pages hold it; those of an earlier start must ask for it anew. */
export const newToken = (): string => randomBytes(24).toString("base64url");

export interface EditServer {
  workshop: Workshop;
  token: string;
  /** Names and ports by which the reader's browser calls this machine: `127.0.0.1:3000`. */
  hosts: string[];
  types: Types;
}

/**
 * Answers `GET /_edit/block?file=…&id=…`, `POST /_edit/save`, `POST /_edit/new` and `POST /_edit/types`; false for any
 * other address.
 */
export async function answerEdit(
  server: EditServer,
  request: IncomingMessage,
  response: ServerResponse
): Promise<boolean> {
  const url = new URL(request.url!, "http://127.0.0.1");
  if (!url.pathname.startsWith("/_edit/")) return false;
  try {
    send(response, 200, await done(server, request, url));
  } catch (error) {
    const {status, message, details} = error instanceof Refusal ? error : new Refusal(500, (error as Error).message);
    if (status === 413) response.setHeader("Connection", "close"); // the rest of the body is not read
    send(response, status, {...details, error: message});
  }
  return true;
}

async function done(server: EditServer, request: IncomingMessage, {pathname, searchParams}: URL): Promise<unknown> {
  allow(server, request);
  const {workshop} = server;
  if (pathname === "/_edit/block") {
    if (request.method !== "GET") throw new Refusal(405, `expected GET, got ${request.method}`);
    return show(workshop, searchParams.get("file") ?? "", searchParams.get("id"));
  }
  const post = posts[pathname];
  if (!post) throw new Refusal(404, `expected an address of the editor, got ${pathname}`);
  if (request.method !== "POST") throw new Refusal(405, `expected POST, got ${request.method}`);
  if (!/^application\/json\b/.test(request.headers["content-type"] ?? ""))
    throw new Refusal(415, `expected application/json, got ${request.headers["content-type"]}`);
  return post(server, await bodyOf(request));
}

const posts: Record<string, (server: EditServer, body: string) => Promise<unknown>> = {
  "/_edit/save": async ({workshop}, body) => save(workshop, parseEdit(body)),
  "/_edit/new": async ({workshop}, body) => ({file: await createNotebook(workshop.root, parseName(body))}),
  "/_edit/types": async ({workshop, types}, body) => {
    const question = parseQuestion(body);
    const {name} = await editable(workshop.root, question.file);
    if (name.endsWith(".md") !== (question.id !== null))
      throw new Refusal(400, "expected a cell of a page, or a whole component");
    return {answer: await types.ask({...question, file: name})};
  }
};

/** Only this server's own pages may ask: another site's page can send requests, but not under these names. */
function allow({hosts, token}: EditServer, {headers, method}: IncomingMessage): void {
  const {host, origin} = headers;
  if (!hosts.includes(host ?? "")) throw new Refusal(403, `expected this machine's own name, got ${host}`);
  const origins = hosts.map((ours) => `http://${ours}`);
  if (origin === undefined ? method !== "GET" : !origins.includes(origin))
    throw new Refusal(403, `expected a page of this server to ask, got ${origin ?? "no origin"}`);
  const [given, wanted] = [headers["x-edit-token"] ?? "", token].map((text) => Buffer.from(String(text)));
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw new Refusal(403, "expected this start's token, got another: reload the page", {reason: "token"});
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > most) throw new Refusal(413, `expected at most ${most} bytes, got more`);
    parts.push(part);
  }
  try {
    return new TextDecoder("utf-8", {fatal: true, ignoreBOM: true}).decode(Buffer.concat(parts));
  } catch {
    throw new Refusal(400, "expected UTF-8, got other bytes");
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {"Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store"});
  response.end(JSON.stringify(body));
}
