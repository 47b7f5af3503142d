import type {Encoder} from "./model.js";

/** No head, z = h: (B, F) → (B, F). What SimCLR, Chen et al. 2020, section 4.2, compares its heads with. */
export const noHead = (features: number): Encoder<Record<string, never>, Record<string, never>> => ({
  features,
  init: () => ({params: {}, stats: {}}),
  apply: (_, stats, h) => [h, stats, {}]
});
