import * as resnetTask from "../../src/week2/resnetTask.js";
import type {ResnetConfig} from "../../src/week2/resnetConfig.js";
import type {Recipe} from "../recipe.js";

/** ResNet-18 on CIFAR-10. */
export const resnetFromScratch: Recipe<Partial<ResnetConfig>> = {
  about: "ResNet-18 of width 64 on CIFAR-10: the notebook's recorded run",
  module: resnetTask,
  path: "week2/resnetTask",
  config: {data: "cifar10", depth: 18, width: 64, gamma: 1, smoothing: 0.1, images: 50_000, testImages: 10_000},
  epochs: 9,
  batch: 128,
  schedule: {kind: "one-cycle", rate: 0.1},
  hours: 2
};
