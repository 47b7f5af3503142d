import type {Source} from "./records.js";

/** A file that the site offers by a stable name: data, recorded runs, weights, source listings. */
export interface Entry {
  name: string;
  bytes: number;
  /** SHA-256, hexadecimal. */
  digest: string;
}

/** Where a module of this folder finds the catalogue, under any base path, on a page and in a worker. */
const root = new URL("../../../catalogue/", import.meta.url);

/** The address of a catalogued file. */
export const catalogueUrl = (name: string): string => new URL(name, root).href;

let index: Promise<Entry[]> | undefined;

/**
 * What the site offers; fetched once.
 *
 * @throws Error if the site has no catalogue or cannot be reached; the next call tries again.
 */
export function catalogue(): Promise<Entry[]> {
  index ??= readIndex().catch((error: unknown) => {
    index = undefined;
    throw error;
  });
  return index;
}

async function readIndex(): Promise<Entry[]> {
  const text = new TextDecoder().decode(await download("index.json", "no-cache"));
  try {
    return (JSON.parse(text) as {entries: Entry[]}).entries;
  } catch {
    throw new Error(`catalogue: expected JSON in index.json, got ${JSON.stringify(text.slice(0, 40))}`);
  }
}

/** Whether this site holds CIFAR-10: it does when the data was there as the site was built. */
export const hasCifar10 = (): Promise<boolean> => holds("cifar10");

/** The same of Omniglot. */
export const hasOmniglot = (): Promise<boolean> => holds("omniglot");

const holds = async (set: string): Promise<boolean> =>
  (await catalogue()).some(({name}) => name === `${set}/manifest.json`);

/**
 * The site's catalogue as a source of data, for `cifar10` and its like. Files are kept in the browser's Cache Storage by
 * their digest, so that a second visit loads nothing; where there is no room or no Cache Storage, they are just fetched.
 *
 * @param progress is told how far a load has come, 0 to 1, and what is loaded.
 */
export function browserSource(progress: Source["progress"] = () => {}): Source {
  let store: ReturnType<typeof openStore> | undefined;
  return {
    progress,
    async open(name, advance) {
      const entry = (await catalogue()).find((each) => each.name === name);
      if (!entry) throw new Error(`catalogue: expected ${name} on this site, got a catalogue without it`);
      const cache = await (store ??= openStore());
      const kept = await cache?.match(keyOf(entry.digest));
      const stored = await kept?.arrayBuffer();
      if (stored && !(await flaw(entry, stored))) return stored;
      const bytes = await download(name, "no-store", (received) => advance?.(Math.min(1, received / entry.bytes)));
      const wrong = await flaw(entry, bytes);
      if (wrong) throw new Error(`catalogue: ${wrong}`);
      await cache?.put(keyOf(entry.digest), new Response(bytes)).catch(() => {}); // no room: fetched again next time
      return bytes;
    }
  };
}

const keyOf = (digest: string) => catalogueUrl(`by-digest/${digest}`);

/** The browser's store without what the site no longer offers; undefined where there is none. */
async function openStore(): Promise<Cache | undefined> {
  if (typeof caches === "undefined") return undefined; // an insecure address, or a private window
  try {
    const cache = await caches.open("deep-learning-mastery");
    const current = new Set((await catalogue()).map(({digest}) => keyOf(digest)));
    for (const {url} of await cache.keys()) if (!current.has(url)) await cache.delete(url);
    return cache;
  } catch {
    return undefined;
  }
}

/** What is wrong with a file, as a sentence; undefined when it is what the catalogue says. */
async function flaw({name, bytes, digest}: Entry, file: ArrayBuffer): Promise<string | undefined> {
  if (file.byteLength !== bytes) return `expected ${name} to have ${bytes} bytes, got ${file.byteLength}`;
  if (!globalThis.crypto?.subtle) return undefined; // an insecure address: the length has to do
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", file));
  const found = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return found === digest ? undefined : `expected ${name} with SHA-256 ${digest}, got ${found}`;
}

async function download(name: string, cache: RequestCache, advance?: (received: number) => void): Promise<ArrayBuffer> {
  const response = await fetch(catalogueUrl(name), {cache}).catch((error: Error) => {
    throw new Error(`catalogue: expected ${name} from this site, got no answer (${error.message})`);
  });
  if (!response.ok) throw new Error(`catalogue: expected ${name} from this site, got status ${response.status}`);
  if (!response.body || !advance) return response.arrayBuffer();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let received = 0;
  for (const reader = response.body.getReader(); ; advance(received)) {
    const {done, value} = await reader.read();
    if (done) return new Blob(parts).arrayBuffer();
    parts.push(value);
    received += value.length;
  }
}
