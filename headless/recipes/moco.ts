import * as mocoTask from "../../src/week3/mocoTask.js";
import type {MocoConfig} from "../../src/week3/mocoTask.js";
import type {Recipe} from "../recipe.js";

/** MoCo v2 on CIFAR-10: a shorter run, for the comparison. */
export const moco: Recipe<Partial<MocoConfig>> = {
  about: "MoCo v2 of a ResNet-18 of width 32 on 24 × 24 crops of CIFAR-10, without labels",
  module: mocoTask,
  path: "week3/mocoTask",
  config: {
    ...{data: "cifar10", depth: 18, width: 32, size: 24, scale: 0.2, strength: 0.5, gray: 0.1},
    ...{temperature: 0.1, queue: 4096, momentum: 0.99, outputs: 128, images: 50_000, testImages: 10_000}
  },
  epochs: 30,
  batch: 256,
  schedule: {kind: "cosine", rate: 0.06, warmup: 0.05},
  evaluateEvery: 5,
  features: true,
  hours: 1.4
};
