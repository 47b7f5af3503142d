import type {DataSet, Source} from "./records.js";
import {sharded} from "./sharded.js";

/** How many characters the two small sets give to train on and to judge by, and drawings of each. */
export const OMNIGLOT = {train: 136, test: 106, drawings: 20} as const;

/**
 * Omniglot, Lake, Salakhutdinov & Tenenbaum 2015: handwritten characters, 20 drawings each by 20 people, as 28 × 28 × 1 with ink
 * 255 on 0. Its two small background sets: 136 characters of Balinese, Early Aramaic, Greek, Korean and Latin to train on, 106
 * of Katakana, Sanskrit and Tagalog to judge by. No class, and no alphabet, is in both. Drawings stand class after class.
 *
 * The published images are 105 × 105 and black on white; each of these pixels is the mean of the area it covers.
 *
 * @throws Error if the manifest or a shard is not there, or does not hold what it says (`npm run data -- omniglot`).
 */
export const omniglot = (source: Source): Promise<DataSet> => sharded(source, "omniglot", "Omniglot");
