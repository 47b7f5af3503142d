import type {Records} from "../../src/components/data/records.js";
import {rng} from "../../src/components/math/random.js";

/** Colourful noise: 24 images of 16 × 16 in three classes. */
export const noiseRecords: Records = {
  images: Uint8Array.from(rng(1).integers(24 * 16 * 16 * 3, 256)),
  labels: Uint8Array.from({length: 24}, (_, i) => i % 3),
  count: 24,
  height: 16,
  width: 16,
  channels: 3,
  classes: ["a", "b", "c"],
  digest: "",
  note: ""
};
