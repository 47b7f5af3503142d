import {multiCrop, type MultiCropOptions} from "../data/augment/multiCrop.js";
import {gather} from "../data/batches.js";
import type {Records} from "../data/records.js";
import type {Rng} from "../math/random.js";
import type {Batch, Block} from "../train/task.js";
import {imageBlock, pairs, type Normalisation, type PairView} from "./pairs.js";

/**
 * first, second (B, S, S, 3): the global views. local.0, local.1 … (B, s, s, 3): the local ones. perEpoch (): steps in an epoch,
 * by which a step knows how far the training is.
 */
export type CropBatch = Batch & {first: Block; second: Block; perEpoch: Block};

/** The pairs to evaluate on are two global views. */
export type CropView = PairView & {perEpoch: Block};

/** Batches of crops; labels are not looked at. See `pairs` for what is drawn anew and what is fixed. */
export function crops(options: MultiCropOptions, normalisation: Normalisation) {
  const {view} = pairs(options.global, normalisation);
  const square = ({size}: {size: number}) => ({height: size, width: size});
  return {
    sample(rng: Rng, records: Records, rows: Uint32Array): CropBatch {
      const {globals, locals} = multiCrop(rng, gather(records, rows).images, records, options);
      const [first, second] = globals.map((images) => imageBlock(images, square(options.global), normalisation));
      const rest = locals.map((images, i) => [`local.${i}`, imageBlock(images, square(options.local), normalisation)]);
      return {first, second, ...Object.fromEntries(rest), perEpoch: number(Math.floor(records.count / rows.length))};
    },
    view: (records: Records, rows: Uint32Array, size: number): CropView => ({
      ...view(records, rows, size),
      perEpoch: number(1)
    })
  };
}

const number = (value: number): Block => ({data: Float32Array.of(value), shape: []});
