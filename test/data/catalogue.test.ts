import {createHash} from "node:crypto";
import {afterEach, beforeEach, expect, test, vi} from "vitest";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const file = Uint8Array.from({length: 1000}, (_, i) => i % 251);

let served: Record<string, Uint8Array<ArrayBuffer>>;
let asked: string[];

/** A site that serves `served` below /catalogue/, in chunks of 300 bytes. */
async function site(address: string | URL): Promise<Response> {
  const name = String(address).split("/catalogue/")[1];
  asked.push(name);
  if (!(name in served)) return new Response("not here", {status: 404});
  const bytes = served[name];
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let k = 0; k < bytes.length; k += 300) controller.enqueue(bytes.slice(k, k + 300));
      controller.close();
    }
  });
  return new Response(body);
}

/** Cache Storage with one cache, as browsers have it. */
function storage({put}: {put?: () => Promise<void>} = {}) {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  const cache = {
    match: async (key: string) => (kept.has(key) ? new Response(kept.get(key)) : undefined),
    put: put ?? (async (key: string, value: Response) => void kept.set(key, new Uint8Array(await value.arrayBuffer()))),
    keys: async () => [...kept.keys()].map((url) => ({url})),
    delete: async (key: string) => kept.delete(key)
  };
  return {kept, open: async () => cache};
}

function publish(files: Record<string, Uint8Array<ArrayBuffer>>) {
  const entries = Object.entries(files).map(([name, bytes]) => ({name, bytes: bytes.length, digest: sha256(bytes)}));
  served = {...files, "index.json": new TextEncoder().encode(JSON.stringify({entries}))};
}

/** The module as a page sees it when it has just been loaded. */
async function fresh() {
  vi.resetModules();
  return import("../../src/components/data/catalogue.js");
}

beforeEach(() => {
  asked = [];
  publish({"cifar10/manifest.json": file});
  vi.stubGlobal("fetch", site);
});
afterEach(() => vi.unstubAllGlobals());

test("the index is fetched once however many ask, and again after a failure", async () => {
  const {catalogue, hasCifar10} = await fresh();
  const index = served["index.json"];
  delete served["index.json"];
  await expect(catalogue()).rejects.toThrow("catalogue: expected index.json from this site, got status 404");
  served["index.json"] = index;
  asked = [];
  const [first, second, has] = await Promise.all([catalogue(), catalogue(), hasCifar10()]);
  expect(asked).toEqual(["index.json"]);
  expect(second).toBe(first);
  expect(has).toBe(true);
});

test("a site built without CIFAR-10 says so", async () => {
  publish({"runs/a.json": file});
  const {hasCifar10, browserSource} = await fresh();
  expect(await hasCifar10()).toBe(false);
  await expect(browserSource().open("cifar10/manifest.json")).rejects.toThrow(
    "catalogue: expected cifar10/manifest.json on this site, got a catalogue without it"
  );
});

test("addresses lie beside the folder that modules are served from", async () => {
  const {catalogueUrl} = await fresh();
  const here = new URL("../../src/components/data/catalogue.ts", import.meta.url);
  expect(catalogueUrl("runs/a.json")).toBe(new URL("../../../catalogue/runs/a.json", here).href);
});

test("a file is fetched once, with progress by bytes; the next visit finds it in the cache", async () => {
  const store = storage();
  vi.stubGlobal("caches", store);
  const parts: number[] = [];
  const first = await (await fresh()).browserSource().open("cifar10/manifest.json", (part) => parts.push(part));
  expect(new Uint8Array(first)).toEqual(file);
  expect(parts).toEqual([0.3, 0.6, 0.9, 1]);
  asked = [];
  const second = await (await fresh()).browserSource().open("cifar10/manifest.json");
  expect(new Uint8Array(second)).toEqual(file);
  expect(asked).toEqual(["index.json"]);
});

test("a file that is not what the catalogue says is refused and not kept", async () => {
  const store = storage();
  vi.stubGlobal("caches", store);
  served["cifar10/manifest.json"] = file.map((x, i) => (i === 500 ? x ^ 1 : x));
  await expect((await fresh()).browserSource().open("cifar10/manifest.json")).rejects.toThrow(
    `catalogue: expected cifar10/manifest.json with SHA-256 ${sha256(file)}, got ${sha256(served["cifar10/manifest.json"])}`
  );
  served["cifar10/manifest.json"] = file.slice(0, 999);
  await expect((await fresh()).browserSource().open("cifar10/manifest.json")).rejects.toThrow(
    "catalogue: expected cifar10/manifest.json to have 1000 bytes, got 999"
  );
  expect(store.kept.size).toBe(0);
});

test("a damaged copy in the cache is fetched anew and replaced", async () => {
  const store = storage();
  vi.stubGlobal("caches", store);
  await (await fresh()).browserSource().open("cifar10/manifest.json");
  const [key] = store.kept.keys();
  store.kept.set(key, new Uint8Array(1000));
  const again = await (await fresh()).browserSource().open("cifar10/manifest.json");
  expect(new Uint8Array(again)).toEqual(file);
  expect(store.kept.get(key)).toEqual(file);
});

test("what the site no longer offers leaves the cache", async () => {
  const store = storage();
  vi.stubGlobal("caches", store);
  await (await fresh()).browserSource().open("cifar10/manifest.json");
  const [old] = store.kept.keys();
  publish({"cifar10/manifest.json": file.slice(1)});
  await (await fresh()).browserSource().open("cifar10/manifest.json");
  expect(store.kept.has(old)).toBe(false);
  expect(store.kept.size).toBe(1);
});

test.each([
  ["a full disk", storage({put: () => Promise.reject(new DOMException("no room", "QuotaExceededError"))})],
  ["a store that may not be opened", {open: () => Promise.reject(new DOMException("denied", "SecurityError"))}],
  ["no store at all", undefined]
])("with %s the file still loads", async (_, store) => {
  vi.stubGlobal("caches", store);
  const bytes = await (await fresh()).browserSource().open("cifar10/manifest.json");
  expect(new Uint8Array(bytes)).toEqual(file);
});
