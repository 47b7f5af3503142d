import type {Kept, Store} from "../../src/components/train/store.js";

/** A store that lasts as long as the test; what it hands out is a copy, as IndexedDB's is. */
export function memoryStore(): Store & {kept: Map<string, Kept>; full: boolean} {
  const kept = new Map<string, Kept>();
  const store = {
    kept,
    full: false,
    list: async () => [...kept.values()].map(({meta}) => meta).sort((a, b) => b.saved - a.saved),
    async read(key: string) {
      const found = kept.get(key);
      if (!found) throw new Error(`The checkpoint ${key} is no longer in this browser.`);
      return structuredClone(found);
    },
    async write(one: Kept) {
      if (store.full) throw new Error("The browser has no room.");
      kept.set(one.meta.key, structuredClone(one));
    },
    forget: async (key: string) => void kept.delete(key)
  };
  return store;
}
