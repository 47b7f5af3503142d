import * as resnetTask from "../../src/week2/resnetTask.js";
import type {ResnetConfig} from "../../src/week2/resnetConfig.js";
import type {Recipe} from "../recipe.js";

/** What the notebook trains unless the reader chooses otherwise: no download. */
export const resnetFromScratchScenes: Recipe<Partial<ResnetConfig>> = {
  about: "ResNet-18 of width 8 on 2,000 scenes: what the notebook trains by itself",
  module: resnetTask,
  path: "week2/resnetTask",
  config: {data: "scenes", depth: 18, width: 8, gamma: 1, smoothing: 0.1, images: 2000, testImages: 500},
  epochs: 6,
  batch: 50,
  schedule: {kind: "one-cycle", rate: 0.1},
  hours: 0.01
};
