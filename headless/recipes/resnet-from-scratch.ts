import * as resnetTask from "../../src/week2/resnetTask.js";
import type {ResnetConfig} from "../../src/week2/resnetConfig.js";
import type {Recipe} from "../recipe.js";

/**
 * ResNet-18 on CIFAR-10, in under two hours on two cores: whole images at 16 × 16 and 24 × 24 first, which cost a quarter
 * and a half of the full size, so that 18 epochs fit where 11 would. Tuned at width 16 on 5,000 training images held out; the
 * page has the table.
 */
export const resnetFromScratch: Recipe<Partial<ResnetConfig>> = {
  about: "ResNet-18 of width 64 on CIFAR-10: the notebook's recorded run",
  module: resnetTask,
  path: "week2/resnetTask",
  config: {data: "cifar10", depth: 18, width: 64, gamma: 1, smoothing: 0.1, images: 50_000, testImages: 10_000},
  epochs: 18,
  batch: 128,
  schedule: {kind: "one-cycle", rate: 0.2},
  stages: [
    {until: 6, config: {size: 16}},
    {until: 13, config: {size: 24}}
  ],
  evaluateEvery: 3,
  hours: 1.9
};
