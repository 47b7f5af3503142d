import type {DataSet, Source} from "../components/data/records.js";
import {scenes} from "../components/data/scenes.js";

/** Pixel statistics of the scenes, per channel on [0, 1]. */
export const sceneStatistics = {mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25]};

const farAway = 1_000_000; // test scenes begin behind every training scene that can be asked for

/** So many training and test scenes, drawn from one sequence. @throws RangeError unless both counts are 1 … 10,000. */
export function sceneData({images, testImages}: {images: number; testImages: number}, source: Source): DataSet {
  for (const [name, value] of Object.entries({images, testImages}))
    if (!(Number.isInteger(value) && value >= 1 && value <= 10_000))
      throw new RangeError(`sceneData: expected ${name} an integer 1 … 10000, got ${value}`);
  source.progress(0, `Drawing ${images + testImages} scenes`);
  const set = {train: scenes({seed: 0, count: images}), test: scenes({seed: 0, count: testImages, from: farAway})};
  source.progress(1, `${images + testImages} scenes`);
  return set;
}
