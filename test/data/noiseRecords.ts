import type {Records} from "../../src/components/data/records.js";
import {rng} from "../../src/components/math/random.js";

/** Colourful noise: square images in three classes, which take turns. */
export const noise = (count: number, side: number): Records => ({
  images: Uint8Array.from(rng(1).integers(count * side * side * 3, 256)),
  labels: Uint8Array.from({length: count}, (_, i) => i % 3),
  count,
  height: side,
  width: side,
  channels: 3,
  classes: ["a", "b", "c"],
  digest: "",
  note: ""
});

/** 24 of 16 × 16. */
export const noiseRecords = noise(24, 16);
