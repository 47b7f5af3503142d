import type {Rng} from "../../math/random.js";
import type {Geometry} from "../augment.js";
import {view, type ViewOptions} from "./views.js";

export interface MultiCropOptions {
  /** Of the two views that the teacher sees too, for example at 24 px with scale [0.4, 1]. */
  global: ViewOptions;
  /** Of the views for the student alone: smaller, of smaller parts, for example at 16 px with scale [0.05, 0.4]. */
  local: ViewOptions;
  /** How many local views; 0 leaves the two global ones. */
  locals: number;
}

/**
 * Multi-crop: two views of large parts and n of small parts of each image, all independent. Caron et al. 2020 (SwAV);
 * scales of DINO, Caron et al. 2021.
 *
 * paper: the global views are also blurred and one is solarised at times; at 32 px neither is done.
 *
 * @returns (N, S, S, 3) bytes each.
 * @throws RangeError as `view`, or if `locals` is not an integer ≥ 0.
 */
export function multiCrop(
  rng: Rng,
  images: Uint8Array,
  geometry: Geometry,
  {global, local, locals}: MultiCropOptions
): {globals: [Uint8Array, Uint8Array]; locals: Uint8Array[]} {
  if (!Number.isInteger(locals) || locals < 0)
    throw new RangeError(`multiCrop: expected an integer number of local views ≥ 0, got ${locals}`);
  const made = (kind: string, i: number, options: ViewOptions) => view(rng.fork(kind, i), images, geometry, options);
  return {
    globals: [made("global", 0, global), made("global", 1, global)],
    locals: Array.from({length: locals}, (_, i) => made("local", i, local))
  };
}
