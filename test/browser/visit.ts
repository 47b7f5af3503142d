import {readdirSync} from "node:fs";
import {gzipSync} from "node:zlib";
import {chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page} from "playwright-core";
import {inject} from "vitest";

/** A page of the site in a browser context of its own, and what happened in it. */
export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Console errors and uncaught exceptions, workers' too. */
  errors: string[];
  /** Addresses outside the site that were asked for; each was refused. */
  outside: string[];
  /** Addresses on the site that were asked for, in order. */
  requests: string[];
  /** Scripts that came, with their gzipped size in bytes. */
  scripts(): Promise<{url: string; bytes: number}[]>;
  close(): Promise<void>;
}

export interface VisitOptions extends BrowserContextOptions {
  /** `?backend=` of the page. */
  backend?: "wasm" | "cpu" | "webgpu" | "auto";
  /** Whether the site stands below a base path on a host without headers. */
  hosted?: boolean;
  /** Where another build is served: `http://127.0.0.1:4321`. */
  site?: string;
  /** What to do before the page is opened: to answer some addresses, for example. */
  prepare?: (context: BrowserContext) => Promise<void>;
  /** What to wait for instead of a page that is done and a quiet network. */
  ready?: (page: Page) => Promise<void>;
}

let shared: Promise<Browser> | undefined;

/** Opens a page of the site (`/week2/resnet-from-scratch`) and waits until its cells have run. */
export async function visit(
  path: string,
  {backend, hosted = false, site, prepare, ready = settled, ...options}: VisitOptions = {}
): Promise<Visit> {
  shared ??= chromium.connect(inject("browser"));
  const context = await (await shared).newContext(options);
  await prepare?.(context);
  const root = site ?? inject(hosted ? "hosted" : "site");
  const visited = await watch(context, new URL(root).origin);
  const greetings: Promise<unknown>[] = []; // a preview greets a page, and from then on tells it of edits
  visited.page.on(
    "websocket",
    (socket) => greetings.push(socket.waitForEvent("framereceived").catch(() => undefined)) // or the page is left before
  );
  const url = new URL(root + path);
  if (backend) url.searchParams.set("backend", backend);
  await visited.page.goto(url.href);
  await ready(visited.page);
  await Promise.all(greetings);
  return visited;
}

/** Waits until no cell of the page is loading and the network is quiet. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  const working = "observablehq-loading, .equation-sum:not([data-check])"; // cells, and equations being compared
  await page.waitForFunction((working) => !document.querySelector(working), working, {timeout: 60_000});
  await page.waitForLoadState("networkidle");
}

/** What a reader would see as broken: cells that failed, checks that are red. */
export function failures(page: Page): Promise<string[]> {
  return page.$$eval(".observablehq--error, [data-check=fail]", (list) => list.map((e) => e.textContent ?? ""));
}

/** Paths of all pages of the build. */
export function pagesOfSite(): string[] {
  const files = readdirSync(inject("folder"), {recursive: true, encoding: "utf8"});
  const pages = files.filter((name) => name.endsWith(".html") && !name.startsWith("catalogue"));
  return pages.map((name) => `/${name.replaceAll("\\", "/").replace(/(^|\/)index\.html$|\.html$/, "$1")}`);
}

async function watch(context: BrowserContext, ...sites: string[]): Promise<Visit> {
  const errors: string[] = [];
  const outside: string[] = [];
  const requests: string[] = [];
  const bodies: Promise<{url: string; bytes: number} | null>[] = [];
  context.on("request", (request) => {
    const url = request.url();
    if (sites.includes(new URL(url).origin)) requests.push(url);
    else if (/^(https?|wss?):/.test(url)) outside.push(url);
  });
  context.on("response", (response) => {
    if (!/\.js(\?|$)/.test(response.url())) return;
    const size = async (body: Promise<Buffer>) => ({url: response.url(), bytes: gzipSync(await body).length});
    bodies.push(size(response.body()).catch(() => null)); // a page that was left takes its bodies along
  });
  context.on("console", (message) => {
    if (message.type() === "error") errors.push(`${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => errors.push(String(error.error())));
  const page = await context.newPage();
  const scripts = async () => (await Promise.all(bodies)).filter((body) => body !== null);
  return {page, context, errors, outside, requests, scripts, close: () => context.close()};
}
