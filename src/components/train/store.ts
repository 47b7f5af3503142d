import {createStore, delMany, get, getMany, keys, setMany, type UseStore} from "idb-keyval";
import type {CheckpointMeta, EpochRecord, StepRecord} from "./protocol.js";

/** All points and epochs of a run up to its checkpoint. */
export interface Curve {
  points: StepRecord[];
  epochs: EpochRecord[];
}

/** A checkpoint as it is kept: what is known of it, the safetensors file, and the curve that led to it. */
export interface Kept {
  meta: CheckpointMeta;
  file: Uint8Array<ArrayBuffer>;
  curve: Curve;
}

/** Where checkpoints are kept. */
export interface Store {
  /** Newest first. */
  list(): Promise<CheckpointMeta[]>;
  /** @throws Error if no checkpoint has this key. */
  read(key: string): Promise<Kept>;
  /** Replaces what is kept under the same key. @throws Error in one sentence if it cannot be kept. */
  write(kept: Kept): Promise<void>;
  forget(key: string): Promise<void>;
}

const parts = ["meta", "file", "curve"] as const;

/** Checkpoints in this browser's IndexedDB. A list reads no tensors: each checkpoint's parts have keys of their own. */
export function browserStore(): Store {
  let opened: UseStore | null = null;
  const store = () => (opened ??= createStore("deep-learning-mastery", "checkpoints"));
  return {
    async list() {
      const known = (await keys<[string, string]>(store())).filter(([part]) => part === "meta");
      const metas = await getMany<CheckpointMeta>(known, store());
      return metas.filter((meta) => meta !== undefined).sort((a, b) => b.saved - a.saved);
    },
    async read(key) {
      const [meta, file, curve] = await Promise.all(parts.map((part) => get([part, key], store())));
      if (!meta || !file || !curve) throw new Error(`The checkpoint ${key} is no longer in this browser.`);
      return {meta, file, curve};
    },
    async write(kept) {
      try {
        await setMany(
          parts.map((part) => [[part, kept.meta.key], kept[part]]),
          store()
        );
      } catch (error) {
        throw new Error(reason(error, kept.file.length), {cause: error});
      }
    },
    forget: (key) =>
      delMany(
        parts.map((part) => [part, key]),
        store()
      )
  };
}

function reason(error: unknown, bytes: number): string {
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  if (error instanceof DOMException && error.name === "QuotaExceededError")
    return `The browser has no room for a checkpoint of ${size}: export or forget older ones.`;
  return `The browser did not keep a checkpoint of ${size}: ${error instanceof Error ? error.message : error}`;
}
