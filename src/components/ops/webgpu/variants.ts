import type {Extent, Tile} from "./tiles.js";
import {device} from "./backend.js";

/** What is computed by a matrix product. */
export const kinds = ["matMul", "conv2d", "conv2d input gradient", "conv2d filter gradient"] as const;
export type Kind = (typeof kinds)[number];

/** Ways to compute it: without barriers, each invocation for itself; or by tiles in shared memory. */
export const variants = ["direct", "tiles of 32", "tiles of 64"] as const;
export type Variant = (typeof variants)[number];

const tiles: Record<Variant, Tile | null> = {direct: null, "tiles of 32": 32, "tiles of 64": 64};

/** Products differ by how many workgroups they keep busy. */
export const loads = ["small", "few results", "many results"] as const;
export type Load = (typeof loads)[number];

/** Small is what no tile would fill, or what is over before a choice could matter. */
export function loadOf({batch, M, N, K}: Extent): Load {
  if (batch * M * N * K < 2 ** 20 || M < 32 || N < 16 || K < 16) return "small";
  return batch * M * N < 2 ** 18 ? "few results" : "many results";
}

/** The variant for each kind and load; what is not named is computed without barriers. */
export type Choices = Partial<Record<`${Kind}, ${Load}`, Variant>>;

const chosen = new WeakMap<GPUDevice, Choices>();

/** Has the current device compute so from now on, and gives how it did. What is recorded already stays as it is. */
export function useVariants(choices: Choices): Choices {
  const before = chosen.get(device()) ?? {};
  chosen.set(device(), choices);
  return before;
}

/** The same variant for everything. */
export const everywhere = (variant: Variant): Choices =>
  Object.fromEntries(kinds.flatMap((kind) => loads.map((load) => [`${kind}, ${load}`, variant])));

/** The tile with which the current device computes a product; null for none. */
export const tileFor = (kind: Kind, extent: Extent): Tile | null =>
  tiles[chosen.get(device())?.[`${kind}, ${loadOf(extent)}`] ?? "direct"];
