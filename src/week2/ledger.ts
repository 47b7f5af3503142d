import type {EpochRecord, RunSpec} from "../components/train/protocol.js";
import {countByStage, total} from "./resnetCount.js";
import {validated, type ResnetConfig} from "./resnetConfig.js";

/** One finished run of the reader's, as this page remembers it. */
export interface Entry {
  key: string;
  config: ResnetConfig;
  epochs: number;
  seed: number;
  /** Test accuracy after each epoch, fractions. */
  curve: number[];
  seconds: number;
  /** Floating-point operations of the training steps, in units of 10¹⁵. */
  petaflop: number;
}

const name = "resnet-from-scratch/runs";
const most = 40;

/** Six operations for each multiply-add of the forward pass: two for it, four for its gradients. */
export function petaflop(config: ResnetConfig, epochs: number): number {
  const macs = total(countByStage(config.depth, config.width, {shortcuts: config.shortcuts === "on"}), "macs");
  return (6 * macs * config.images * epochs) / 1e15;
}

/** The entry of a run that ended. */
export function entryOf(key: string, spec: RunSpec, epochs: EpochRecord[]): Entry {
  const config = validated(spec.config);
  return {
    key,
    config,
    epochs: epochs.length,
    seed: spec.seed,
    curve: epochs.map(({test}) => test.accuracy),
    seconds: epochs.reduce((sum, {seconds}) => sum + seconds, 0),
    petaflop: petaflop(config, epochs.length)
  };
}

type Store = Pick<Storage, "getItem" | "setItem">;

/** The runs kept in this browser, newest first; none where nothing can be kept or read. */
export function readLedger(store: Store = localStorage): Entry[] {
  try {
    const kept: unknown = JSON.parse(store.getItem(name) ?? "[]");
    return Array.isArray(kept) ? (kept as Entry[]).filter(({key, curve}) => key && curve.length > 0) : [];
  } catch {
    return [];
  }
}

/** Puts a run on top, in the place of an earlier state of the same run. */
export function enter(entry: Entry, store: Store = localStorage): Entry[] {
  const entries = [entry, ...readLedger(store).filter(({key}) => key !== entry.key)].slice(0, most);
  try {
    store.setItem(name, JSON.stringify(entries));
  } catch {
    // no room, or storage is blocked: the list lasts as long as the page
  }
  return entries;
}
